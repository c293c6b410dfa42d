import { readFileSync, statSync } from 'node:fs';
import type { Dataset, RasterBand } from 'gdal-async';
import type { Text } from '../../messages/text.ts';
import { gdal } from '../gdal.ts';
import { identifyCitation } from './crs-identify.ts';
import { inspectCrsText, inspectSpatialReference, lonLatExtent } from './crs-inspect.ts';
import { georeferenceOf } from './geo-keys.ts';
import type {
  BandDescription,
  CellType,
  CrsInspection,
  ExtentInspection,
  GeoreferenceInspection,
  InspectionRequest,
  NodataInspection,
  RasterInspection,
} from './inspection.ts';
import { InspectionError } from './inspection-error.ts';
import { readNodataText } from './nodata-text.ts';
import { plainMessage } from './plain-message.ts';
import type { ScanResult } from './raster-scan.ts';
import { scanValues } from './scan-values.ts';
import { readTiffHeader, type TiffHeader } from './tiff-header.ts';

/** True when the file starts as a TIFF, whatever its name. */
export function looksLikeTiff(head: Uint8Array): boolean {
  const [a, b, c, d] = head;
  return (
    (a === 0x49 && b === 0x49 && (c === 42 || c === 43) && d === 0) ||
    (a === 0x4d && b === 0x4d && c === 0 && (d === 42 || d === 43))
  );
}

const typeNames: Readonly<Record<string, CellType>> = {
  Byte: 'uint8',
  Int8: 'int8',
  UInt16: 'uint16',
  Int16: 'int16',
  UInt32: 'uint32',
  Int32: 'int32',
  UInt64: 'uint64',
  Int64: 'int64',
  Float32: 'float32',
  Float64: 'float64',
};

/**
 * Describes a raster: the header first, with every number held against the length of the file, and only then the
 * values, window by window. Throws an InspectionError with one line when the file cannot be read.
 */
export function inspectRaster(request: InspectionRequest, isTiff: boolean): RasterInspection {
  const fileBytes = statSync(request.path).size;
  const header = isTiff ? readTiffHeader(request.path) : undefined;
  if (!isTiff) refuseRemoteVrt(request.path);
  const dataset = openDataset(request.path, isTiff);
  try {
    return describe(request, dataset, fileBytes, header);
  } finally {
    dataset.close();
  }
}

function openDataset(path: string, isTiff: boolean): Dataset {
  try {
    return gdal.open(
      path,
      'r',
      isTiff ? ['GTiff'] : ['HFA', 'AAIGrid', 'VRT', 'SRTMHGT', 'ENVI', 'EHdr', 'PNG', 'JPEG', 'netCDF'],
    );
  } catch (error) {
    throw new InspectionError(
      'raster-unreadable',
      {
        zh: `栅格无法打开：${plainMessage(error, path)}`,
        en: `the raster cannot be opened: ${plainMessage(error, path)}`,
      },
      { zh: '请转换为 GeoTIFF 后重试', en: 'convert it to GeoTIFF' },
    );
  }
}

function refuseRemoteVrt(path: string): void {
  if (!/\.vrt$/i.test(path) || statSync(path).size > 4 * 1024 * 1024) return;
  if (/\/vsi(?!mem|zip|gzip|tar|subfile)|https?:\/\//i.test(readFileSync(path, 'utf8').replace(/xmlns[^>]*/g, '')))
    throw new InspectionError(
      'raster-remote',
      { zh: 'VRT 引用了网络数据', en: 'the VRT refers to data on a network' },
      { zh: '请改用本地文件', en: 'use local files' },
    );
}

function describe(
  request: InspectionRequest,
  dataset: Dataset,
  fileBytes: number,
  header: TiffHeader | undefined,
): RasterInspection {
  const { x: width, y: height } = dataset.rasterSize;
  const bandCount = dataset.bands.count();
  if (bandCount === 0 || width < 1 || height < 1)
    throw new InspectionError('raster-empty', { zh: '文件中没有栅格波段', en: 'the file has no raster bands' });
  const first = dataset.bands.get(1);
  const cellType = header?.layout.cellType ?? typeNames[first.dataType ?? ''] ?? 'complex';
  const blockSize = first.blockSize;
  const blockWidth = header?.layout.blockWidth ?? blockSize.x;
  const blockHeight = header?.layout.blockHeight ?? blockSize.y;
  const georeference = georeferenceFrom(dataset, header);
  const crs = crsFrom(request, dataset, header);
  const nodata = nodataFrom(request, first, header, cellType);
  const extent = extentOf(georeference, width, height);
  const decodedBytes = header?.layout.decodedBytes ?? width * height * bandCount * bytesOf(cellType);
  const scan = scanValues(
    request,
    dataset,
    { cellType, blockWidth, blockHeight, georeference, crs, nodata, decodedBytes, fileBytes },
    header,
  );
  if (scan && scan.readShare === 0 && scan.failedWindows > 0 && (header?.layout.cutBlocks ?? 0) === 0)
    throw undecodable(request.path, scan.firstFailure);
  const damage = damageOf(request.path, header, scan);
  const layout = header?.layout;
  const lonLat = lonLatExtent(extent, crs);
  return {
    kind: 'raster',
    path: request.path,
    fileBytes,
    format: dataset.driver.description,
    width,
    height,
    bandCount,
    cellType,
    bands: describeBands(dataset, bandCount, cellType),
    compression: layout?.compression ?? 'none',
    bigTiff: header?.bigTiff ?? false,
    tiled: layout?.tiled ?? blockWidth !== width,
    blockWidth,
    blockHeight,
    overviews: layout?.overviews ?? 0,
    emptyBlocks: layout?.emptyBlocks ?? 0,
    blocks: layout?.blocks ?? Math.ceil(width / blockWidth) * Math.ceil(height / blockHeight) * bandCount,
    crs,
    georeference,
    ...(extent ? { extent } : {}),
    ...(lonLat ? { lonLat } : {}),
    nodata,
    statistics: scan?.statistics ?? [],
    readShare: scan?.readShare ?? 0,
    decodedBytes,
    ...(damage ? { damage } : {}),
  };
}

function undecodable(path: string, failure: string | undefined): InspectionError {
  const said = plainMessage(failure ?? '', path);
  return new InspectionError(
    'raster-undecodable',
    { zh: `像元值无法读取：${said}`, en: `its cells cannot be read: ${said}` },
    { zh: '请检查引用的文件或重新导出', en: 'check the files it refers to, or export it again' },
  );
}

const bytesOf = (cellType: CellType): number =>
  cellType.endsWith('64')
    ? 8
    : cellType.endsWith('32')
      ? 4
      : cellType.endsWith('16')
        ? 2
        : cellType === 'complex'
          ? 16
          : 1;

function describeBands(dataset: Dataset, bandCount: number, cellType: CellType): BandDescription[] {
  const bands: BandDescription[] = [];
  for (let band = 1; band <= bandCount; band++) {
    const held = dataset.bands.get(band);
    bands.push({
      band,
      cellType,
      scale: held.scale ?? 1,
      offset: held.offset ?? 0,
      unit: held.unitType ?? '',
      description: held.description ?? '',
    });
  }
  return bands;
}

function georeferenceFrom(dataset: Dataset, header: TiffHeader | undefined): GeoreferenceInspection {
  const own = header?.georeference;
  if (own && own.kind === 'affine') return own;
  const transform = dataset.geoTransform;
  if (transform && transform.length === 6 && !isIdentity(transform)) {
    const values = transform as [number, number, number, number, number, number];
    return { ...georeferenceOf(values, false, header !== undefined), pixelIsPoint: own?.pixelIsPoint ?? false };
  }
  const points = dataset.getGCPs?.().length ?? 0;
  const bare = { rotated: false, southUp: false, mirrored: false, pixelIsPoint: false, fromSidecar: false };
  if (own && own.kind !== 'none') return own;
  return { ...bare, kind: points > 0 ? 'gcp' : 'none', groundControlPoints: points };
}

/** Cells counted from zero: what decoders give for a raster without a position. */
const isIdentity = (t: readonly number[]): boolean =>
  t[0] === 0 && t[1] === 1 && t[2] === 0 && t[3] === 0 && t[4] === 0 && Math.abs(t[5]!) === 1;

function crsFrom(request: InspectionRequest, dataset: Dataset, header: TiffHeader | undefined): CrsInspection {
  if (request.crs) return inspectCrsText(request.crs);
  let read = inspectSpatialReference(safeSrs(dataset));
  const keys = header?.keys;
  if (keys?.citation && read.kind !== 'geographic' && read.epsg === undefined) {
    const cited = identifyCitation(keys.citation);
    if (cited?.epsg !== undefined)
      read = { ...inspectCrsText(`EPSG:${cited.epsg}`), from: 'citation', name: cited.name };
  }
  if (keys?.userDefined) read = { ...read, userDefined: true };
  if (read.kind !== 'missing' && header && !keys?.present) read = { ...read, from: 'sidecar' };
  return read;
}

function safeSrs(dataset: Dataset): InstanceType<typeof gdal.SpatialReference> | null {
  try {
    return dataset.srs;
  } catch {
    return null;
  }
}

function nodataFrom(
  request: InspectionRequest,
  band: RasterBand,
  header: TiffHeader | undefined,
  cellType: CellType,
): NodataInspection {
  if (request.nodata !== undefined) return readNodataText(String(request.nodata), cellType);
  if (header && header.nodata.spelling !== 'none') return header.nodata;
  const value = band.noDataValue;
  return value === null || value === undefined ? { spelling: 'none' } : readNodataText(String(value), cellType);
}

function extentOf(georeference: GeoreferenceInspection, width: number, height: number): ExtentInspection | undefined {
  const t = georeference.transform;
  if (!t) return undefined;
  const xs = [t[0], t[0] + width * t[1], t[0] + height * t[2], t[0] + width * t[1] + height * t[2]];
  const ys = [t[3], t[3] + width * t[4], t[3] + height * t[5], t[3] + width * t[4] + height * t[5]];
  return { west: Math.min(...xs), east: Math.max(...xs), south: Math.min(...ys), north: Math.max(...ys) };
}

function damageOf(path: string, header: TiffHeader | undefined, scan: ScanResult | undefined): Text | undefined {
  const layout = header?.layout;
  if (layout && layout.cutBlocks > 0)
    return {
      zh: `文件不完整：${layout.blocks} 个数据块中有 ${layout.cutBlocks} 个超出文件末尾，声明长度至少 ${layout.declaredEnd} 字节`,
      en: `the file is cut off: ${layout.cutBlocks} of ${layout.blocks} blocks lie behind its end; it should have at least ${layout.declaredEnd} bytes`,
    };
  if (scan && scan.failedWindows > 0) {
    const said = plainMessage(scan.firstFailure ?? '', path);
    return { zh: `部分数据无法解码：${said}`, en: `part of the data cannot be decoded: ${said}` };
  }
  if (header?.brokenChain)
    return {
      zh: '目录链损坏（循环或指向文件之外），只使用第一幅图像',
      en: 'its chain of directories is broken; only the first image is used',
    };
  return undefined;
}
