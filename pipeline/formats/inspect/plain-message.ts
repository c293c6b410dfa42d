/** First line of a library's complaint, without folders and at most 160 characters. */
export function plainMessage(error: unknown, path: string): string {
  const text = error instanceof Error ? error.message : String(error);
  const line = text
    .split('\n')[0]!
    .replaceAll(path, '')
    .replace(/(?:\/[^\s/:'"]+)+\/([^\s/:'"]+)/g, '$1');
  return line.replace(/^[:\s`']+/, '').slice(0, 160);
}
