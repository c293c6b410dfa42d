import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { InspectionError } from './inspection-error.ts';

/** Bytes per value of the TIFF field types 1–18; 0 marks a type that does not exist. */
const typeBytes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];

/** No honest directory of a raster comes near these. */
const maximumEntries = 4096;
const maximumTagBytes = 64 * 1024 * 1024;

export interface TiffEntry {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** Where the values lie in the file. */
  readonly offset: number;
}

export interface TiffDirectory {
  readonly offset: number;
  readonly entries: ReadonlyMap<number, TiffEntry>;
}

const truncatedHeader = (): InspectionError =>
  new InspectionError(
    'tiff-header-damaged',
    { zh: 'TIFF 文件头损坏或不完整', en: 'the TIFF header is damaged or cut off' },
    { zh: '请重新导出或重新拷贝该文件', en: 'export or copy the file again' },
  );

/**
 * Walks the directories of a TIFF or BigTIFF without trusting any number in it: every offset and count is held
 * against the length of the file before anything is allocated, and a chain of directories that loops is cut.
 */
export class TiffReader {
  readonly fileBytes: number;
  readonly bigTiff: boolean;
  readonly littleEndian: boolean;
  /** Main directory first, then overviews and masks. */
  readonly directories: readonly TiffDirectory[];
  /** The chain of directories came back to one it had visited, or left the file. */
  readonly brokenChain: boolean;
  readonly #descriptor: number;

  private constructor(descriptor: number) {
    this.#descriptor = descriptor;
    this.fileBytes = fstatSync(descriptor).size;
    const head = this.bytes(0, Math.min(16, this.fileBytes));
    if (head.byteLength < 8) throw truncatedHeader();
    const order = head.getUint16(0);
    this.littleEndian = order === 0x4949;
    if (!this.littleEndian && order !== 0x4d4d) throw truncatedHeader();
    const version = head.getUint16(2, this.littleEndian);
    this.bigTiff = version === 43;
    if (version !== 42 && version !== 43) throw truncatedHeader();
    if (this.bigTiff && head.byteLength < 16) throw truncatedHeader();
    const first = this.bigTiff ? Number(head.getBigUint64(8, this.littleEndian)) : head.getUint32(4, this.littleEndian);
    const walked = this.#walk(first);
    this.directories = walked.directories;
    this.brokenChain = walked.broken;
    if (this.directories.length === 0) throw truncatedHeader();
  }

  static open(path: string): TiffReader {
    const descriptor = openSync(path, 'r');
    try {
      return new TiffReader(descriptor);
    } catch (error) {
      closeSync(descriptor);
      throw error;
    }
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #walk(first: number): { directories: TiffDirectory[]; broken: boolean } {
    const directories: TiffDirectory[] = [];
    const seen = new Set<number>();
    let offset = first;
    while (offset !== 0) {
      if (seen.has(offset) || directories.length >= 64) return { directories, broken: true };
      seen.add(offset);
      const read = this.#directory(offset);
      if (!read) return { directories, broken: true };
      directories.push(read.directory);
      offset = read.next;
    }
    return { directories, broken: false };
  }

  #directory(offset: number): { directory: TiffDirectory; next: number } | undefined {
    const countBytes = this.bigTiff ? 8 : 2;
    const entryBytes = this.bigTiff ? 20 : 12;
    if (offset + countBytes > this.fileBytes) return undefined;
    const head = this.bytes(offset, countBytes);
    const count = this.bigTiff ? Number(head.getBigUint64(0, this.littleEndian)) : head.getUint16(0, this.littleEndian);
    if (count === 0 || count > maximumEntries) return undefined;
    const start = offset + countBytes;
    const available = Math.floor((this.fileBytes - start) / entryBytes);
    const held = Math.min(count, available);
    if (held === 0) return undefined;
    const body = this.bytes(start, held * entryBytes);
    const entries = new Map<number, TiffEntry>();
    for (let index = 0; index < held; index++) {
      const entry = this.#entry(body, index * entryBytes, start + index * entryBytes);
      if (entry && !entries.has(entry.tag)) entries.set(entry.tag, entry);
    }
    const nextAt = start + count * entryBytes;
    const nextBytes = this.bigTiff ? 8 : 4;
    if (nextAt + nextBytes > this.fileBytes) return { directory: { offset, entries }, next: 0 };
    const tail = this.bytes(nextAt, nextBytes);
    const next = this.bigTiff ? Number(tail.getBigUint64(0, this.littleEndian)) : tail.getUint32(0, this.littleEndian);
    return { directory: { offset, entries }, next };
  }

  #entry(body: DataView, at: number, position: number): TiffEntry | undefined {
    const tag = body.getUint16(at, this.littleEndian);
    const type = body.getUint16(at + 2, this.littleEndian);
    const size = typeBytes[type] ?? 0;
    if (size === 0) return undefined;
    const count = this.bigTiff
      ? Number(body.getBigUint64(at + 4, this.littleEndian))
      : body.getUint32(at + 4, this.littleEndian);
    const inlineBytes = this.bigTiff ? 8 : 4;
    const valueAt = this.bigTiff ? 12 : 8;
    if (count * size <= inlineBytes) return { tag, type, count, offset: position + valueAt };
    const offset = this.bigTiff
      ? Number(body.getBigUint64(at + valueAt, this.littleEndian))
      : body.getUint32(at + valueAt, this.littleEndian);
    return { tag, type, count, offset };
  }

  /** Bytes of the file; shorter than asked for at its end. */
  bytes(offset: number, length: number): DataView {
    const buffer = new Uint8Array(Math.max(0, Math.min(length, this.fileBytes - offset)));
    let filled = 0;
    while (filled < buffer.length) {
      const got = readSync(this.#descriptor, buffer, filled, buffer.length - filled, offset + filled);
      if (got === 0) break;
      filled += got;
    }
    return new DataView(buffer.buffer, 0, filled);
  }

  /**
   * Values of a numeric tag, or undefined when the directory does not have it.
   * Throws an InspectionError when the tag points outside the file or is absurdly long.
   */
  numbers(directory: TiffDirectory, tag: number): Float64Array | undefined {
    const entry = directory.entries.get(tag);
    if (!entry) return undefined;
    const size = typeBytes[entry.type]!;
    const length = entry.count * size;
    if (length > maximumTagBytes || entry.offset + length > this.fileBytes)
      throw new InspectionError(
        'tiff-tag-outside-file',
        {
          zh: `TIFF 标签 ${tag} 声称有 ${entry.count} 个值，超出文件长度 ${this.fileBytes} 字节`,
          en: `TIFF tag ${tag} claims ${entry.count} values, more than the ${this.fileBytes} bytes of the file hold`,
        },
        { zh: '文件头损坏，请重新导出', en: 'the header is damaged; export the file again' },
      );
    const view = this.bytes(entry.offset, length);
    const values = new Float64Array(entry.count);
    for (let index = 0; index < entry.count; index++) values[index] = this.#number(view, entry.type, index * size);
    return values;
  }

  #number(view: DataView, type: number, at: number): number {
    const little = this.littleEndian;
    switch (type) {
      case 3:
        return view.getUint16(at, little);
      case 4:
      case 13:
        return view.getUint32(at, little);
      case 5:
        return view.getUint32(at, little) / view.getUint32(at + 4, little);
      case 6:
        return view.getInt8(at);
      case 8:
        return view.getInt16(at, little);
      case 9:
        return view.getInt32(at, little);
      case 10:
        return view.getInt32(at, little) / view.getInt32(at + 4, little);
      case 11:
        return view.getFloat32(at, little);
      case 12:
        return view.getFloat64(at, little);
      case 16:
      case 18:
        return Number(view.getBigUint64(at, little));
      case 17:
        return Number(view.getBigInt64(at, little));
      default:
        return view.getUint8(at);
    }
  }

  /** First value of a numeric tag. */
  number(directory: TiffDirectory, tag: number): number | undefined {
    return this.numbers(directory, tag)?.[0];
  }

  /** Text of a tag, without the closing NUL; at most 1 MB of it. */
  text(directory: TiffDirectory, tag: number): string | undefined {
    const entry = directory.entries.get(tag);
    if (!entry || entry.offset >= this.fileBytes) return undefined;
    const view = this.bytes(entry.offset, Math.min(entry.count, 1024 * 1024));
    return Buffer.from(view.buffer, view.byteOffset, view.byteLength).toString('utf8').replace(/\0+$/, '');
  }
}
