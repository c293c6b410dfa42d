import { existsSync, readFileSync } from 'node:fs';
import { readDbf } from './inspect/dbf-file.ts';
import { encodingLabel } from './inspect/text-encoding.ts';

/** Names GDAL's converter uses where they differ from the decoder labels. */
const converterNames: Readonly<Record<string, string>> = {
  gb18030: 'GB18030',
  gbk: 'GB18030',
  big5: 'BIG5',
  'utf-8': 'UTF-8',
  'windows-1252': 'CP1252',
  shift_jis: 'CP932',
};

/** Path of a Shapefile's companion in whatever case its extension is written. */
export function companion(path: string, extension: string): string | undefined {
  const base = path.replace(/\.[^.]*$/, '');
  return [extension, extension.toUpperCase()].map((end) => `${base}.${end}`).find((each) => existsSync(each));
}

/** GDAL's name for an encoding given by a person or a .cpg file; undefined when unknown. */
export function converterName(encoding: string): string | undefined {
  const label = encodingLabel(encoding);
  return label === undefined ? undefined : (converterNames[label] ?? label.toUpperCase());
}

/**
 * Encoding of a Shapefile's attribute table, as GDAL's converter names it.
 *
 * The one asked for counts first, then the .cpg file, the language byte, and a guess from the bytes. A .cpg file or
 * language byte that the bytes contradict gives way: bytes that are valid UTF-8 are UTF-8, others are GBK.
 */
export function shapefileEncoding(path: string, asked?: string): string | undefined {
  const table = companion(path, 'dbf');
  if (asked !== undefined && asked !== 'auto') return converterName(asked);
  if (table === undefined) return undefined;
  const codePage = companion(path, 'cpg');
  const cpg = codePage === undefined ? undefined : readFileSync(codePage, 'latin1').trim().slice(0, 40);
  const { encoding } = readDbf(table, cpg === undefined ? {} : { cpg });
  if (encoding.doubtful === undefined) return converterName(encoding.name);
  return encodingLabel(encoding.name) === 'utf-8' ? 'GB18030' : 'UTF-8';
}
