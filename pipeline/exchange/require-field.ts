import { basename } from 'node:path';
import { didYouMean } from '../messages/closest-name.ts';
import { userError } from '../messages/user-error.ts';

/** Fields that are listed where one is missing. */
const listed = 40;

/** @throws UserError where a file lacks a field that somebody named */
export function requireField(path: string, field: string, present: readonly string[]): void {
  if (present.includes(field)) return;
  const fields = present.slice(0, listed);
  throw userError(
    'column-missing',
    basename(path),
    { zh: `没有字段“${field}”`, en: `has no field “${field}”` },
    { zh: `现有字段：${fields.join('、')}`, en: `fields present: ${fields.join(', ')}` },
    didYouMean(field, present),
  );
}
