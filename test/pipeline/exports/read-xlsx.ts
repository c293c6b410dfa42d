import { inflateRawSync } from 'node:zlib';

/** Files of a ZIP archive by name, read from its central directory, with the date of each. */
export function unzip(archive: Uint8Array): Map<string, { text: string; date: number; time: number }> {
  const bytes = Buffer.from(archive);
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const files = new Map<string, { text: string; date: number; time: number }>();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const [nameLength, extra, comment] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field)) as [
      number,
      number,
      number,
    ];
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(start, start + bytes.readUInt32LE(at + 20));
    const content = bytes.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : packed;
    files.set(name, {
      text: content.toString('utf8'),
      date: bytes.readUInt16LE(local + 12),
      time: bytes.readUInt16LE(local + 10),
    });
    at += 46 + nameLength + extra + comment;
  }
  return files;
}

export interface SheetCell {
  readonly address: string;
  /** What the cell holds: text from the shared strings, a number, a formula, or nothing. */
  readonly kind: 'text' | 'number' | 'formula' | 'empty';
  readonly value: string;
  readonly style: number;
}

export interface ReadSheet {
  readonly name: string;
  readonly rows: SheetCell[][];
  readonly merged: string[];
  readonly xml: string;
}

const plainText = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');

const all = (xml: string, pattern: RegExp): RegExpMatchArray[] => [...xml.matchAll(pattern)];

/** Sheets of a workbook in order, with every cell that is in the file. */
export function readWorkbook(archive: Uint8Array): ReadSheet[] {
  const files = unzip(archive);
  const text = (name: string) => files.get(name)!.text;
  const strings = all(text('xl/sharedStrings.xml'), /<si>(.*?)<\/si>/gs).map(([, item]) =>
    plainText(item!.replace(/<[^>]*>/g, '')),
  );
  return all(text('xl/workbook.xml'), /<sheet [^>]*>/g).map(([element], index) => {
    const xml = text(`xl/worksheets/sheet${index + 1}.xml`);
    const rows = all(xml, /<row [^>]*?(?:\/>|>(.*?)<\/row>)/gs).map(([, content]) =>
      all(content ?? '', /<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs).map(([, attributes, inner]): SheetCell => {
        const address = /r="([A-Z]+\d+)"/.exec(attributes!)![1]!;
        const style = Number(/s="(\d+)"/.exec(attributes!)?.[1] ?? 0);
        const value = /<v>(.*?)<\/v>/s.exec(inner ?? '')?.[1];
        if (inner?.includes('<f>')) return { address, style, kind: 'formula', value: inner };
        if (value === undefined) return { address, style, kind: 'empty', value: '' };
        if (/t="s"/.test(attributes!)) return { address, style, kind: 'text', value: strings[Number(value)]! };
        return { address, style, kind: 'number', value };
      }),
    );
    return {
      name: plainText(/name="([^"]*)"/.exec(element)![1]!),
      rows,
      merged: all(xml, /<mergeCell ref="([^"]*)"/g).map(([, ref]) => ref!),
      xml,
    };
  });
}
