import { type Finding, findingLine } from './finding.ts';
import type { Text } from './text.ts';

/** Bad input, told in one line; the command line prints it without a stack trace and ends with exit code 2. */
export class UserError extends Error {
  readonly finding: Finding;

  constructor(finding: Omit<Finding, 'severity'>) {
    const whole: Finding = { ...finding, severity: 'error' };
    super(findingLine(whole, 'en'));
    this.name = 'UserError';
    this.finding = whole;
  }
}

const none: Text = { zh: '', en: '' };

/** Shorthand for a user error with what was found and, optionally, what was expected and the cure. */
export function userError(
  code: string,
  file: string,
  found: Text,
  expected: Text = none,
  cure: Text = none,
): UserError {
  return new UserError({ code, file, found, expected, cure });
}
