/** Table and subtable of a TrueType font that say which glyph a character has: OpenType 1.9, cmap, format 12. */
const format12 = 12;

/**
 * Tells which characters a TrueType font has a glyph for.
 * @param font - the file; Noto Sans SC and others with characters beyond U+FFFF have a table of format 12
 * @throws RangeError for a font without one
 */
export function fontCharacters(font: Buffer): (codePoint: number) => boolean {
  const tables = font.readUInt16BE(4);
  for (let entry = 12; entry < 12 + 16 * tables; entry += 16)
    if (font.toString('latin1', entry, entry + 4) === 'cmap') return charactersOf(font, font.readUInt32BE(entry + 8));
  throw new RangeError('a font without a cmap table');
}

function charactersOf(font: Buffer, cmap: number): (codePoint: number) => boolean {
  const encodings = font.readUInt16BE(cmap + 2);
  const places = Array.from({ length: encodings }, (_, n) => cmap + font.readUInt32BE(cmap + 8 + 8 * n));
  const table = places.find((place) => font.readUInt16BE(place) === format12);
  if (table === undefined) throw new RangeError('a font without a table of characters of format 12');
  const groups = font.readUInt32BE(table + 12);
  const first = (group: number): number => font.readUInt32BE(table + 16 + 12 * group);
  const last = (group: number): number => font.readUInt32BE(table + 20 + 12 * group);
  return (codePoint) => {
    let [low, high] = [0, groups];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (last(middle) < codePoint) low = middle + 1;
      else high = middle;
    }
    return low < groups && first(low) <= codePoint;
  };
}
