import type { Dataset } from 'gdal-async';
import { AreaMask } from './area-mask.ts';
import { lonLatProj, moveRings } from './crs-inspect.ts';
import type {
  CellType,
  CrsInspection,
  GeoreferenceInspection,
  InspectionRequest,
  NodataInspection,
} from './inspection.ts';
import { ringsToCells, type ScanResult, scanRaster } from './raster-scan.ts';
import type { TiffHeader } from './tiff-header.ts';

/** What the scan of values needs to know of a raster. */
export interface ScanInput {
  readonly cellType: CellType;
  readonly blockWidth: number;
  readonly blockHeight: number;
  readonly georeference: GeoreferenceInspection;
  readonly crs: CrsInspection;
  readonly nodata: NodataInspection;
  readonly decodedBytes: number;
  readonly fileBytes: number;
}

/** Reads the values of the bands asked for; undefined where there is nothing to read. */
export function scanValues(
  request: InspectionRequest,
  dataset: Dataset,
  input: ScanInput,
  header: TiffHeader | undefined,
): ScanResult | undefined {
  if (input.cellType === 'complex') return undefined;
  const { x: width, y: height } = dataset.rasterSize;
  const bandCount = dataset.bands.count();
  const wanted = request.bands?.filter((band) => band >= 1 && band <= bandCount);
  const bands = wanted ?? bandsToScan(bandCount, input.decodedBytes);
  if (bands.length === 0) return undefined;
  const layout = header?.layout;
  const area = areaFor(request, input);
  const filledShare = layout ? 1 - layout.emptyBlocks / layout.blocks : 1;
  const decodedBytes = (input.decodedBytes * filledShare * bands.length) / bandCount;
  return scanRaster(dataset, {
    width,
    height,
    blockWidth: input.blockWidth,
    blockHeight: input.blockHeight,
    bands,
    cellType: input.cellType,
    nodata: input.nodata.value,
    decodedBytes,
    readMilliseconds: readTime(request, decodedBytes, input.fileBytes),
    hasBlock: layout ? (column, row) => layout.hasBlock(row * layout.blocksAcross + column) : () => true,
    holes: request.holes ?? false,
    joinBlocks: (layout?.cutBlocks ?? 0) === 0,
    ...(area ? { area } : {}),
  });
}

/** Bands of a large stack that are read, and the size up to which a stack is read whole. */
const spreadBands = 64;
const wholeStackBytes = 64 << 20;

/**
 * All bands of a small raster; of a large one some that are spread evenly over the stack, the first and last among them.
 * The first ones alone would be the dry season of a year of daily rain.
 */
export function bandsToScan(bandCount: number, decodedBytes: number): number[] {
  const count = decodedBytes <= wholeStackBytes ? bandCount : Math.min(bandCount, spreadBands);
  if (count === 1) return [1];
  return Array.from({ length: count }, (_, index) => 1 + Math.round((index * (bandCount - 1)) / (count - 1)));
}

/** Content per byte of file above which a file gets no further time: nearly constant, or made to cost time. */
const suspiciousRatio = 400;

/** Time for the values: what the caller gives, more for honest large files when the caller allows it. */
function readTime(request: InspectionRequest, decodedBytes: number, fileBytes: number): number {
  const given = request.readMilliseconds ?? 3000;
  const wanted = Math.min(600_000, 1000 + decodedBytes / 20_000);
  if (!request.extendTime || wanted <= given || decodedBytes > fileBytes * suspiciousRatio) return given;
  request.extendTime(wanted - given);
  return wanted;
}

function areaFor(request: InspectionRequest, input: ScanInput): AreaMask | undefined {
  if (!request.areaRings || !input.crs.proj4 || input.georeference.kind !== 'affine') return undefined;
  const moved = moveRings(request.areaRings, request.areaProj4 ?? lonLatProj, input.crs.proj4);
  const cells = moved ? ringsToCells(moved, input.georeference) : undefined;
  return cells ? new AreaMask(cells) : undefined;
}
