/** Names of text encodings as files and people write them, as decoder labels. */
const labels: readonly (readonly [pattern: RegExp, label: string])[] = [
  [/^(utf-?8|65001)$/, 'utf-8'],
  [/^(utf-?16(le)?|1200)$/, 'utf-16le'],
  [/^(gbk|gb2312|gb18030|cp?936|ms936|936|oem936|ansi936|euc-?cn|chinese|54936)$/, 'gb18030'],
  [/^(big-?5|cp?950|950|ansi950|oem950)$/, 'big5'],
  [/^(shift-?jis|sjis|cp?932|932|ms932)$/, 'shift_jis'],
  [/^(euc-?jp)$/, 'euc-jp'],
  [/^(euc-?kr|cp?949|949|ms949)$/, 'euc-kr'],
  [/^(koi8-?r)$/, 'koi8-r'],
  [/^(latin-?1|iso-?8859-?1|88591|8859-?1|ascii|us-?ascii)$/, 'windows-1252'],
  [/^(latin-?2|iso-?8859-?2|88592)$/, 'iso-8859-2'],
];

/** Decoder label of an encoding name, or undefined when it is not known. */
export function encodingLabel(name: string): string | undefined {
  const plain = name
    .trim()
    .toLowerCase()
    .replace(/^(ldid\/|oem[\s_-]*|ansi[\s_-]*)(?=\d)/, '')
    .replace(/\s+/g, '');
  for (const [pattern, label] of labels) if (pattern.test(plain)) return label;
  const windows = /^(?:cp|win(?:dows)?-?)?(125[0-8]|874)$/.exec(plain);
  const candidate = windows ? `windows-${windows[1]}` : plain;
  try {
    return new TextDecoder(candidate).encoding;
  } catch {
    return undefined;
  }
}

/** Name of an encoding for people: GBK rather than its superset's name. */
export function encodingName(label: string): string {
  const names: Readonly<Record<string, string>> = {
    gb18030: 'GBK',
    gbk: 'GBK',
    'utf-8': 'UTF-8',
    big5: 'Big5',
    shift_jis: 'Shift_JIS',
  };
  return names[label] ?? label;
}

function decodes(bytes: Uint8Array, label: string): boolean {
  try {
    new TextDecoder(label, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/**
 * Encoding of bytes nobody declared: plain ASCII, UTF-8 when every sequence is valid, GBK when the bytes form Chinese
 * characters in common use, else Western.
 */
export function guessEncoding(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (!bytes.some((byte) => byte >= 0x80)) return 'ascii';
  if (decodes(bytes, 'utf-8')) return 'utf-8';
  // A sample cut in the middle of a character is still GBK: the last bytes may be left over.
  const whole = [0, 1].some((cut) => decodes(bytes.subarray(0, bytes.length - cut), 'gb18030'));
  return whole ? 'gb18030' : 'windows-1252';
}

/** True when the bytes are not plain ASCII and are valid UTF-8. */
export const isUtf8Text = (bytes: Uint8Array): boolean => bytes.some((byte) => byte >= 0x80) && decodes(bytes, 'utf-8');

export const isValidIn = (bytes: Uint8Array, label: string): boolean => decodes(bytes, label);

export function decodeText(bytes: Uint8Array, label: string): string {
  return new TextDecoder(label === 'ascii' ? 'utf-8' : label).decode(bytes);
}
