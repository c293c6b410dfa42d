import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { extname } from 'node:path';
import { jsonEndings, ogrEndings, pictureEndings, rasterEndings, tableEndings } from '../file-endings.ts';
import { unusableFile } from '../unusable-file.ts';
import { inspectDbf } from './inspect-dbf.ts';
import { inspectGeoJson } from './inspect-geojson.ts';
import { inspectOgr } from './inspect-ogr.ts';
import { inspectRaster, looksLikeTiff } from './inspect-raster.ts';
import { inspectShapefile } from './inspect-shapefile.ts';
import { inspectTable } from './inspect-table.ts';
import type { Inspection, InspectionRequest } from './inspection.ts';
import { InspectionError } from './inspection-error.ts';
import { plainMessage } from './plain-message.ts';

const rasterNames: ReadonlySet<string> = new Set([...rasterEndings, ...pictureEndings]);
const ogrNames: ReadonlySet<string> = new Set(ogrEndings);
const jsonNames: ReadonlySet<string> = new Set(jsonEndings);
const tableNames: ReadonlySet<string> = new Set(tableEndings);
const archiveNames = new Set(['.zip', '.rar', '.7z', '.gz', '.tar', '.tgz']);

/**
 * Describes one file of any kind the program takes. Never throws for what is in the file: a file that cannot be read
 * comes back as `unreadable` with one line.
 */
export async function inspectFile(request: InspectionRequest): Promise<Inspection> {
  try {
    return await byContent(request);
  } catch (error) {
    const told = error instanceof InspectionError ? error : unexpected(error, request.path);
    return {
      kind: 'unreadable',
      path: request.path,
      fileBytes: bytesOf(request.path),
      code: told.code,
      reason: told.reason,
      cure: told.cure,
    };
  }
}

function bytesOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}

function unexpected(error: unknown, path: string): InspectionError {
  const unusable = unusableFile(path);
  if (unusable) return new InspectionError(unusable.code, unusable.reason, unusable.cure);
  const said = plainMessage(error, path);
  return new InspectionError('file-unreadable', { zh: `无法读取：${said}`, en: `cannot be read: ${said}` });
}

function byContent(request: InspectionRequest): Inspection | Promise<Inspection> {
  const unusable = unusableFile(request.path);
  if (unusable) throw new InspectionError(unusable.code, unusable.reason, unusable.cure);
  const extension = extname(request.path).toLowerCase();
  if (statSync(request.path).isDirectory()) return inspectOgr(request);
  const head = headOf(request.path);
  if (looksLikeTiff(head)) return inspectRaster(request, true);
  if (archiveNames.has(extension) || (head[0] === 0x50 && head[1] === 0x4b && extension !== '.kmz'))
    throw new InspectionError(
      extension === '.xlsx' ? 'file-xlsx' : 'file-archive',
      extension === '.xlsx'
        ? { zh: '这是 Excel 工作簿', en: 'this is an Excel workbook' }
        : { zh: '这是压缩包', en: 'this is an archive' },
      extension === '.xlsx' ? { zh: '请另存为 CSV', en: 'save it as CSV' } : { zh: '请先解压', en: 'unpack it first' },
    );
  if (/^\.tiff?$/.test(extension))
    throw new InspectionError(
      'tiff-header-damaged',
      { zh: '扩展名是 .tif，但内容不是 TIFF', en: 'named .tif, but its content is not TIFF' },
      { zh: '请重新导出或重新拷贝该文件', en: 'export or copy the file again' },
    );
  if (extension === '.shp') return inspectShapefile(request);
  if (jsonNames.has(extension)) return inspectGeoJson(request);
  if (ogrNames.has(extension)) return inspectOgr(request);
  if (rasterNames.has(extension)) return inspectRaster(request, false);
  if (extension === '.dbf') return inspectDbf(request);
  if (tableNames.has(extension) || request.expect === 'table') return inspectTable(request);
  throw new InspectionError(
    'file-kind-unknown',
    {
      zh: `不认识的文件类型 ${extension || '（无扩展名）'}`,
      en: `unknown kind of file ${extension || '(no extension)'}`,
    },
    {
      zh: '支持 GeoTIFF、Shapefile、GeoPackage、GeoJSON、CSV',
      en: 'GeoTIFF, shapefile, GeoPackage, GeoJSON and CSV are taken',
    },
  );
}

function headOf(path: string): Uint8Array {
  const head = new Uint8Array(16);
  const descriptor = openSync(path, 'r');
  try {
    readSync(descriptor, head, 0, 16, 0);
  } finally {
    closeSync(descriptor);
  }
  return head;
}
