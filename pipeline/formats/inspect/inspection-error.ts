import type { Text } from '../../messages/text.ts';

/** Why a file cannot be described; becomes one line about that file. */
export class InspectionError extends Error {
  readonly code: string;
  readonly reason: Text;
  readonly cure: Text;

  constructor(code: string, reason: Text, cure: Text = { zh: '', en: '' }) {
    super(reason.en);
    this.name = 'InspectionError';
    this.code = code;
    this.reason = reason;
    this.cure = cure;
  }
}
