/** Text without the characters XML cannot hold: control characters and halves of pairs. */
export const printable = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu, '');

/** Text as it stands in SVG content and attributes. */
export const escapeXml = (text: string): string =>
  printable(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export interface TextStyle {
  readonly size: number;
  readonly bold?: boolean;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly colour?: string;
  /** Width of a white outline that sets the text off from the map. */
  readonly halo?: number;
}

/** A line of text whose baseline begins, or is centred, or ends at (x, y). */
export function svgText(x: number, y: number, text: string, style: TextStyle): string {
  const attributes =
    `x="${round(x)}" y="${round(y)}" font-size="${style.size}"` +
    (style.bold ? ' font-weight="700"' : '') +
    (style.anchor && style.anchor !== 'start' ? ` text-anchor="${style.anchor}"` : '');
  const halo = style.halo
    ? ` stroke="#fff" stroke-width="${style.halo}" stroke-linejoin="round" paint-order="stroke"`
    : '';
  return `<text ${attributes} fill="${style.colour ?? '#222'}"${halo}>${escapeXml(text)}</text>`;
}

/** Coordinates to a hundredth of a pixel, so that SVG stays short. */
export const round = (value: number): number => Math.round(value * 100) / 100;
