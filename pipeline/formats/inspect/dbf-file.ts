import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { FieldInspection, VectorInspection } from './inspection.ts';
import { InspectionError } from './inspection-error.ts';
import { decodeText, encodingLabel, encodingName, guessEncoding, isUtf8Text, isValidIn } from './text-encoding.ts';

const languageDrivers: Readonly<Record<number, string>> = {
  1: 'ibm437',
  3: 'windows-1252',
  19: 'shift_jis',
  77: 'gb18030',
  78: 'euc-kr',
  79: 'big5',
  80: 'windows-874',
  120: 'big5',
  121: 'euc-kr',
  122: 'gb18030',
  123: 'shift_jis',
  200: 'windows-1250',
  201: 'windows-1251',
};

const maximumRecords = 20000;

export interface DbfTable {
  readonly recordCount: number;
  readonly fields: readonly FieldInspection[];
  readonly encoding: VectorInspection['encoding'];
  /** Text of fields by name, at most 20 000 records. */
  readonly values: (fields: readonly string[]) => Record<string, (string | null)[]>;
  /** Fewer records are in the file than its head claims. */
  readonly truncated: boolean;
}

/**
 * Reads the head and records of a dBASE table.
 *
 * The encoding is the one asked for, else the .cpg file's, else that of the language byte, else a guess from the bytes.
 */
export function readDbf(path: string, options: { encoding?: string; cpg?: string } = {}): DbfTable {
  const descriptor = openSync(path, 'r');
  try {
    const size = fstatSync(descriptor).size;
    const head = new Uint8Array(32);
    if (readSync(descriptor, head, 0, 32, 0) < 32) throw damaged();
    const view = new DataView(head.buffer);
    const recordCount = view.getUint32(4, true);
    const headBytes = view.getUint16(8, true);
    const recordBytes = view.getUint16(10, true);
    if (headBytes < 33 || headBytes > size || recordBytes < 1) throw damaged();
    const fieldBytes = new Uint8Array(headBytes - 32);
    readSync(descriptor, fieldBytes, 0, fieldBytes.length, 32);
    const held = Math.min(recordCount, Math.floor((size - headBytes) / recordBytes), maximumRecords);
    const records = new Uint8Array(Math.min(held * recordBytes, 64 * 1024 * 1024));
    readSync(descriptor, records, 0, records.length, headBytes);
    const raw = rawFields(fieldBytes, recordBytes);
    if (raw.length === 0) throw damaged();
    const text = textBytes(raw, records, recordBytes);
    const encoding = decideEncoding(text, head[29]!, options);
    const label = encodingLabel(encoding.name) ?? 'windows-1252';
    const fields = raw.map((field) => ({ ...field, name: decodeText(field.nameBytes, label) }));
    const count = Math.floor(records.length / recordBytes);
    return {
      recordCount,
      fields: fields.map(({ name, type, width }) => ({ name, type, width })),
      encoding: { ...encoding, ...sampleOf(text, label) },
      truncated: headBytes + recordCount * recordBytes > size + 1,
      values: (wanted) => {
        const out: Record<string, (string | null)[]> = {};
        for (const name of wanted) {
          const field = fields.find((candidate) => candidate.name === name);
          if (!field) continue;
          out[name] = Array.from({ length: count }, (_, index) => {
            const at = index * recordBytes + field.start;
            const value = decodeText(records.subarray(at, at + field.width), label)
              .replaceAll('\0', '')
              .trim();
            return value === '' || /^\*+$/.test(value) ? null : value;
          });
        }
        return out;
      },
    };
  } finally {
    closeSync(descriptor);
  }
}

const damaged = (): InspectionError =>
  new InspectionError(
    'dbf-damaged',
    { zh: '属性表（.dbf）文件头损坏', en: 'the head of the attribute table (.dbf) is damaged' },
    { zh: '请重新导出', en: 'export it again' },
  );

interface RawField {
  readonly nameBytes: Uint8Array;
  readonly type: string;
  readonly width: number;
  readonly start: number;
}

function rawFields(bytes: Uint8Array, recordBytes: number): RawField[] {
  const fields: RawField[] = [];
  let start = 1;
  for (let at = 0; at + 32 <= bytes.length && bytes[at] !== 0x0d; at += 32) {
    const end = bytes.subarray(at, at + 11).indexOf(0);
    const nameBytes = bytes.slice(at, at + (end < 0 ? 11 : end));
    const type = String.fromCharCode(bytes[at + 11]!);
    const width = type === 'C' ? bytes[at + 16]! + bytes[at + 17]! * 256 : bytes[at + 16]!;
    if (start + width > recordBytes) break;
    fields.push({ nameBytes, type, width, start });
    start += width;
  }
  return fields;
}

/** All bytes of text fields and field names, joined by line breaks. */
function textBytes(fields: readonly RawField[], records: Uint8Array, recordBytes: number): Uint8Array {
  const parts: number[] = [];
  for (const field of fields) parts.push(...field.nameBytes, 10);
  const count = Math.floor(records.length / recordBytes);
  for (let index = 0; index < count && parts.length < 100_000; index++)
    for (const field of fields) {
      if (field.type !== 'C') continue;
      const at = index * recordBytes + field.start;
      let end = at + field.width;
      while (end > at && (records[end - 1] === 0x20 || records[end - 1] === 0)) end--;
      // Fields of a fixed width may end in half a character; the next field must not complete it.
      for (let byte = at; byte < end; byte++) parts.push(records[byte]!);
      parts.push(10);
    }
  return Uint8Array.from(parts);
}

function decideEncoding(
  text: Uint8Array,
  languageDriver: number,
  options: { encoding?: string; cpg?: string },
): Omit<VectorInspection['encoding'], 'sample'> {
  const ascii = !text.some((byte) => byte >= 0x80);
  const told: [string | undefined, 'declared' | 'cpg' | 'ldid'][] = [
    [options.encoding, 'declared'],
    [options.cpg, 'cpg'],
    [languageDrivers[languageDriver], 'ldid'],
  ];
  for (const [name, from] of told) {
    const label = name ? encodingLabel(name) : undefined;
    if (!label) continue;
    const wrong = !ascii && doubt(text, label);
    return { name: encodingName(label), from, ...(wrong ? { doubtful: wrong } : {}) };
  }
  const guessed = guessEncoding(text);
  return { name: encodingName(guessed), from: ascii ? 'none' : 'guessed' };
}

function doubt(text: Uint8Array, label: string): VectorInspection['encoding']['doubtful'] {
  const name = encodingName(label);
  if (label === 'utf-8' && !isValidIn(text, 'utf-8')) {
    const other = encodingName(guessEncoding(text));
    return {
      zh: `声明为 ${name}，但内容不是有效的 ${name}，像是 ${other}`,
      en: `declared ${name}, but the bytes are not; they look like ${other}`,
    };
  }
  if (label !== 'utf-8' && isUtf8Text(text))
    return { zh: `声明为 ${name}，但内容是有效的 UTF-8`, en: `declared ${name}, but the bytes are valid UTF-8` };
  return undefined;
}

function sampleOf(text: Uint8Array, label: string): { sample?: string } {
  const lines = decodeText(text, label).split('\n');
  const shown = lines.filter((line) => /[^\x20-\x7e]/.test(line)).slice(0, 3);
  const chosen = shown.length > 0 ? shown : lines.filter((line) => line.trim() !== '').slice(0, 3);
  return chosen.length > 0 ? { sample: chosen.join(', ').slice(0, 60) } : {};
}
