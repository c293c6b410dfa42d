/** Splits delimited text into rows; quotes may hold delimiters, line breaks and doubled quotes. */
export function* csvRows(text: string, delimiter: string): Generator<{ line: number; cells: string[] }> {
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const startLine = line;
    const cells: string[] = [];
    for (;;) {
      if (text[at] === '"') {
        const quoted = readQuoted(text, at);
        for (const character of quoted.value) if (character === '\n') line++;
        const rest = nextBreak(text, quoted.end, delimiter);
        cells.push(quoted.value + text.slice(quoted.end, rest).trim());
        at = rest;
      } else {
        const end = nextBreak(text, at, delimiter);
        cells.push(text.slice(at, end).trim());
        at = end;
      }
      if (text[at] !== delimiter) break;
      at++;
    }
    if (text[at] === '\r') at++;
    if (text[at] === '\n') at++;
    yield { line: startLine, cells };
    line++;
  }
}

function nextBreak(text: string, from: number, delimiter: string): number {
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === delimiter || character === '\n' || character === '\r') return at;
  }
  return text.length;
}

function readQuoted(text: string, start: number): { value: string; end: number } {
  let at = start + 1;
  let value = '';
  for (;;) {
    const end = text.indexOf('"', at);
    if (end < 0) return { value: value + text.slice(at), end: text.length };
    value += text.slice(at, end);
    if (text[end + 1] !== '"') return { value, end: end + 1 };
    value += '"';
    at = end + 2;
  }
}

/** The delimiter that splits the heading into most cells. */
export function guessDelimiter(heading: string): string {
  let best = ',';
  let most = 0;
  for (const candidate of [',', '\t', ';', '|', '，']) {
    const count = heading.split(candidate).length - 1;
    if (count > most) [best, most] = [candidate, count];
  }
  return best;
}
