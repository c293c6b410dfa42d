let encoding: Map<string, number> | undefined;

/** Characters of GBK and their codes, read off the platform's decoder, which knows the table but only one way round. */
function gbkTable(): Map<string, number> {
  if (encoding) return encoding;
  const decoder = new TextDecoder('gbk');
  encoding = new Map();
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if (character.length === 1 && character !== '\ufffd' && !encoding.has(character))
        encoding.set(character, lead * 256 + trail);
    }
  return encoding;
}

/** Text as GBK bytes; raises a RangeError for a character that GBK lacks. */
export function encodeGbk(text: string): Uint8Array {
  const table = gbkTable();
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0)!;
    const gbk = table.get(character);
    if (code < 0x80) bytes.push(code);
    else if (gbk !== undefined) bytes.push(gbk >> 8, gbk & 255);
    else throw new RangeError(`GBK has no ${character}`);
  }
  return Uint8Array.from(bytes);
}
