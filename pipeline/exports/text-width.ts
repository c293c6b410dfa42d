/** Characters drawn a full square wide: CJK ideographs and punctuation, kana, hangul, full-width forms. */
const fullWidth =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u2014\u201c\u201d]/;

/** Width in columns of a fixed-width grid: Chinese characters count two, others one. */
export function columnsWide(text: string): number {
  let columns = 0;
  for (const character of text) columns += isFullWidth(character) ? 2 : 1;
  return columns;
}

/** Approximate width in the unit of the font size, for Noto Sans SC: one em for Chinese characters, 0.56 em for others. */
export function approximateTextWidth(text: string, fontSize: number): number {
  let ems = 0;
  for (const character of text) ems += isFullWidth(character) ? 1 : 0.56;
  return ems * fontSize;
}

const isFullWidth = (character: string): boolean => fullWidth.test(character) || character.codePointAt(0)! > 0xffff;
