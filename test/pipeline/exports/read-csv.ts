/** Fields of a CSV text by RFC 4180; throws on a line that does not end with CR LF. */
export function readCsv(text: string): string[][] {
  const lines: string[][] = [];
  let fields: string[] = [];
  let position = 0;
  while (position < text.length) {
    let field = '';
    if (text[position] === '"') {
      for (position++; ; position++) {
        if (text[position] === '"' && text[position + 1] !== '"') break;
        if (text[position] === '"') position++;
        field += text[position];
      }
      position++;
    } else {
      const end = text.slice(position).search(/[,\r\n]/);
      field = text.slice(position, position + end);
      position += end;
    }
    fields.push(field);
    if (text[position] === ',') position++;
    else if (text.startsWith('\r\n', position)) {
      lines.push(fields);
      fields = [];
      position += 2;
    } else throw new Error(`no separator at ${position}: ${JSON.stringify(text.slice(position, position + 5))}`);
  }
  return lines;
}
