import type { Dataset } from 'gdal-async';
import { coordinateTransform } from '../crs.ts';
import { AreaMask } from './area-mask.ts';
import { lonLatProj } from './crs-inspect.ts';
import type {
  CellType,
  CrsInspection,
  GeoreferenceInspection,
  InspectionRequest,
  NodataInspection,
} from './inspection.ts';
import { mapRings, type PackedRings } from './packed-rings.ts';
import { type ScanResult, scanRaster } from './raster-scan.ts';
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

/** The area of interest in the cells of the raster; points that cannot be moved become NaN. Undefined without a way there. */
function areaFor({ areaRings, areaProj4 = lonLatProj }: InspectionRequest, input: ScanInput): AreaMask | undefined {
  const { georeference, crs } = input;
  const t = georeference.transform;
  if (!areaRings || !crs.proj4 || georeference.kind !== 'affine' || !t) return undefined;
  const determinant = t[1] * t[5] - t[2] * t[4];
  if (determinant === 0) return undefined;
  let cells: PackedRings;
  try {
    const toMap = coordinateTransform(areaProj4, crs.proj4);
    cells = mapRings(areaRings, (x, y) => {
      const [mapX, mapY] = toMap.point(x, y);
      const dx = mapX - t[0];
      const dy = mapY - t[3];
      return [(dx * t[5] - dy * t[2]) / determinant, (dy * t[1] - dx * t[4]) / determinant];
    });
  } catch {
    return undefined;
  }
  return new AreaMask(cells);
}
