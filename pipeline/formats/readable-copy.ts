import { isUtf8 } from 'node:buffer';
import { closeSync, copyFileSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { jsonEndings } from './file-endings.ts';
import { gdal } from './gdal.ts';
import { encodingLabel, guessEncoding } from './inspect/text-encoding.ts';
import { shapefileDriver } from './ogr-drivers.ts';
import { companion } from './shapefile-encoding.ts';

type MakeCopy = (copy: string) => void;

/**
 * Hands over a vector file as GDAL can read it. What it cannot read as it lies is mended in a copy in a temporary folder, so
 * that nothing is written beside the user's file: a Shapefile that has lost its .shx, JSON that is not in UTF-8.
 *
 * @param asked encoding that somebody stated for text that is not UTF-8
 */
export async function withReadable<T>(
  path: string,
  asked: string | undefined,
  use: (path: string) => Promise<T>,
): Promise<T> {
  const makeCopy = copying(path, asked);
  if (makeCopy === undefined) return use(path);
  const folder = mkdtempSync(join(tmpdir(), 'shuibao-readable-'));
  try {
    const copy = join(folder, basename(path));
    makeCopy(copy);
    return await use(copy);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** How the copy of a file is made; undefined for a file that needs none. */
function copying(path: string, asked: string | undefined): MakeCopy | undefined {
  const ending = extname(path).toLowerCase();
  if (ending === '.shp') return companion(path, 'shx') === undefined ? (copy) => copyWithIndex(path, copy) : undefined;
  if (!(jsonEndings as readonly string[]).includes(ending)) return undefined;
  const encoding = otherEncoding(path, asked);
  return encoding === undefined ? undefined : (copy) => copyInUtf8(path, copy, encoding);
}

function copyWithIndex(path: string, copy: string): void {
  copyFileSync(path, copy);
  for (const extension of ['dbf', 'prj', 'cpg']) {
    const from = companion(path, extension);
    if (from !== undefined) copyFileSync(from, `${copy.replace(/\.[^.]*$/, '')}.${extension}`);
  }
  restoreIndex(copy);
}

/** The option holds for the whole process, so it stands for this one call: no other file may be mended on the way. */
function restoreIndex(path: string): void {
  const option = 'SHAPE_RESTORE_SHX';
  const before = gdal.config.get(option);
  gdal.config.set(option, 'YES');
  try {
    gdal.drivers.get(shapefileDriver).open(path, 'r').close();
  } finally {
    gdal.config.set(option, before);
  }
}

const pieceBytes = 1 << 22;

/** The content of a file, piece by piece; a piece ends before a byte that begins a character, if this is UTF-8. */
function* pieces(path: string): Generator<Uint8Array> {
  const file = openSync(path, 'r');
  try {
    for (let at = 0; ; ) {
      const piece = new Uint8Array(pieceBytes);
      const read = readSync(file, piece, 0, pieceBytes, at);
      if (read === 0) return;
      const whole = read < pieceBytes ? read : piece.findLastIndex((byte) => (byte & 0xc0) !== 0x80);
      const bytes = whole > 0 ? whole : read;
      yield piece.subarray(0, bytes);
      at += bytes;
    }
  } finally {
    closeSync(file);
  }
}

/** Encoding of a text file that is not UTF-8: the one asked for, else that of its bytes where they form Chinese text. */
function otherEncoding(path: string, asked: string | undefined): string | undefined {
  for (const piece of pieces(path)) {
    if (isUtf8(piece)) continue;
    const label = asked === undefined || asked === 'auto' ? guessEncoding(piece) : encodingLabel(asked);
    // Stray bytes in a file of UTF-8 are no encoding.
    return label === 'utf-8' || label === 'windows-1252' ? undefined : label;
  }
  return undefined;
}

function copyInUtf8(path: string, copy: string, encoding: string): void {
  const decoder = new TextDecoder(encoding);
  const file = openSync(copy, 'w');
  try {
    for (const piece of pieces(path)) writeSync(file, decoder.decode(piece, { stream: true }));
    writeSync(file, decoder.decode());
  } finally {
    closeSync(file);
  }
}
