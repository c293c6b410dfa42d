/** Characters of one part of a message; the longest list of choices has some 600. */
const longest = 1000;

/**
 * Text of a file or of a user as part of a line: line breaks and other control characters, with which a file could write on
 * the reader's terminal what it likes, become spaces, and what is endless is cut.
 */
export function oneLine(text: string): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return cut.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}
