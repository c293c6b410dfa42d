import { basename } from 'node:path';
import { readTable, requireColumn, type TextTable } from '../inputs/read-table.ts';
import type { Text } from '../messages/text.ts';
import { type UserError, userError } from '../messages/user-error.ts';
import type { StatedDecision } from '../supervision/decide.ts';
import { dayOf } from './cells.ts';

/** A row of a table of decisions. */
export interface DecisionRow extends StatedDecision {
  /** Row of the table below its heading, from 1. */
  readonly row: number;
  readonly patch: string;
  /** Batch the row names; undefined for the latest that has the patch. */
  readonly batch?: string;
  readonly by?: string;
}

/** A row that was not taken in, and why. */
export interface RefusedDecision {
  readonly row: number;
  readonly error: UserError;
}

export interface DecisionTable {
  readonly table: TextTable;
  readonly rows: readonly DecisionRow[];
  readonly refused: readonly RefusedDecision[];
}

const optional = {
  document: /^(文号|批复文号|RP_NUM|document)$/i,
  fieldReview: /^(现场复核日期|复核日期|RVW_DATE|field ?review)$/i,
  earthwork: /^(土石方|土石方量|EARTHWORK)(（m³）|\(m3\))?$/i,
  decidedOn: /^(认定日期|DCD_DATE|decided ?on)$/i,
  by: /^(认定人|by)$/i,
  batch: /^(批次|batch)$/i,
} as const;

/**
 * Decisions of a delimited table, one a row: 图斑编号, 认定结论, 理由, and where wanted 文号, 现场复核日期, 土石方, 认定日期, 认定人,
 * 批次; the official field names and English ones are understood too. Numbers of patches stay text.
 *
 * @throws UserError when the table has no heading, no rows or lacks one of the first three columns
 */
export async function readDecisions(path: string): Promise<DecisionTable> {
  const shown = basename(path);
  const table = await readTable(path, shown);
  if (table.rows.length === 0)
    throw userError(
      'table-no-rows',
      shown,
      { zh: '表格只有标题行', en: 'the table has a heading and no rows' },
      { zh: '应每行一个图斑的认定', en: 'expected a row for each patch decided' },
    );
  const number = requireColumn(
    table,
    shown,
    { zh: '图斑编号', en: 'patch number' },
    /^(图斑编号|QDNM|patch( number)?|number)$/i,
  );
  const decision = requireColumn(table, shown, { zh: '认定结论', en: 'decision' }, /^(认定结论|BYD|decision)$/i);
  const reason = requireColumn(table, shown, { zh: '理由', en: 'reason' }, /^(理由|REASON|MEMO)$/i);
  const places = Object.fromEntries(
    Object.entries(optional).map(([name, title]) => [name, table.columns.findIndex((each) => title.test(each.trim()))]),
  ) as Record<keyof typeof optional, number>;
  const rows: DecisionRow[] = [];
  const refused: RefusedDecision[] = [];
  table.rows.forEach((cells, at) => {
    const row = at + 1;
    const text = (name: keyof typeof optional): string => (places[name] < 0 ? '' : cells[places[name]]!.trim());
    const [fieldReview, decidedOn] = [dayOf(text('fieldReview')), dayOf(text('decidedOn'))];
    const earthwork = text('earthwork') === '' ? undefined : Number(text('earthwork'));
    const patch = cells[number]!.trim();
    const refuse = (found: Text) => refused.push({ row, error: userError('decision-row', patch || shown, found) });
    if (patch === '') refuse({ zh: `第 ${row} 行没有图斑编号`, en: `row ${row} has no patch number` });
    else if (fieldReview === undefined || decidedOn === undefined)
      refuse({ zh: '日期无法识别', en: 'a day cannot be read' });
    else if (earthwork !== undefined && !(earthwork >= 0 && Number.isFinite(earthwork)))
      refuse({ zh: `土石方“${text('earthwork')}”不是数值`, en: `the earthwork “${text('earthwork')}” is no number` });
    else
      rows.push({
        row,
        patch,
        decision: cells[decision]!,
        reason: cells[reason]!,
        ...(decidedOn === null ? {} : { decidedOn }),
        ...(fieldReview === null ? {} : { fieldReview }),
        ...(earthwork === undefined ? {} : { earthworkCubicMetres: earthwork }),
        ...(text('document') === '' ? {} : { document: text('document') }),
        ...(text('by') === '' ? {} : { by: text('by') }),
        ...(text('batch') === '' ? {} : { batch: text('batch') }),
      });
  });
  return { table, rows, refused };
}
