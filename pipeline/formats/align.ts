import { type CellWindow, type GridSpec, windowGrid } from '../../models/grid/grid-spec.ts';
import { userError } from '../messages/user-error.ts';
import { pixelMap, type SourcePlacement } from './pixel-map.ts';
import { type OpenRaster, openRaster, type RasterDescription } from './raster-read.ts';
import { type Receive, type SourceValues, sampleArea, sampleBilinear, sampleNearest } from './samplers.ts';
import { sourceWindow } from './source-window.ts';

export type { SourcePlacement } from './pixel-map.ts';
export { sourceWindow } from './source-window.ts';

/** `nearest` for classes; `bilinear` for continuous values; `area` averages where the source is finer, else bilinear. */
export type Resampling = 'nearest' | 'bilinear' | 'area';

export interface OutputArrays {
  float32: Float32Array;
  uint8: Uint8Array;
  uint16: Uint16Array;
  int32: Int32Array;
}

export type OutputType = keyof OutputArrays;

export interface AlignRequest<Type extends OutputType = 'float32'> {
  readonly path: string;
  /** Band numbers, from 1. */
  readonly bands: readonly number[];
  /** The target cells: a grid, or the part of it under a tile. */
  readonly target: GridSpec;
  readonly resampling: Resampling;
  /** Type of the result: `float32` (default; NaN for nodata), or an integer type for classes. */
  readonly output?: Type;
  /** What integer results hold where there is no data; 0 by default. */
  readonly fill?: number;
  /** Takes the place of the file's coordinate system. */
  readonly sourceCrs?: string;
  /** Takes the place of the file's nodata value. */
  readonly sourceNodata?: number | readonly number[];
  /** Applies the scale and offset stored in the file before those below. */
  readonly applyFileScale?: boolean;
  /** Result = value × scale + offset. */
  readonly scale?: number;
  readonly offset?: number;
  /** Lowest and highest result that a source pixel may have; pixels outside count as nodata. */
  readonly validRange?: readonly [number, number];
}

export interface AlignedRaster<Type extends OutputType = 'float32'> {
  /** Row-major values, one array per band asked for. */
  readonly data: OutputArrays[Type][];
  /** Cells with a value, per band. */
  readonly valid: number[];
}

const makers: { [Type in OutputType]: (length: number) => OutputArrays[Type] } = {
  float32: (length) => new Float32Array(length),
  uint8: (length) => new Uint8Array(length),
  uint16: (length) => new Uint16Array(length),
  int32: (length) => new Int32Array(length),
};

/** Source pixels held in memory at a time; larger windows are done in parts. */
const pixelBudget = 8_000_000;

/**
 * Place of a raster for alignment.
 *
 * Raises a `UserError` (`raster-not-placed`, `crs-missing`) when the file has no affine position or no coordinate system
 * and none is given.
 */
export function placementOf(raster: RasterDescription, sourceCrs?: string): SourcePlacement {
  const crs = sourceCrs ?? raster.crs;
  if (raster.geotransform === null)
    throw userError(
      'raster-not-placed',
      raster.path,
      { zh: '没有地理定位（仿射变换）', en: 'has no position on the map (no affine transform)' },
      { zh: '已纠正、带坐标的栅格', en: 'a rectified raster with coordinates' },
      { zh: '请先做几何校正再使用', en: 'rectify it before use' },
    );
  if (crs === null)
    throw userError(
      'crs-missing',
      raster.path,
      { zh: '没有坐标系', en: 'has no coordinate system' },
      { zh: 'EPSG 代码，如 EPSG:4544', en: 'an EPSG code such as EPSG:4544' },
      { zh: '请在运行文件中写明该图层的 crs', en: 'state the crs of this layer in the run file' },
    );
  return { crs, geotransform: raster.geotransform, width: raster.width, height: raster.height };
}

async function readSource(
  raster: OpenRaster,
  band: number,
  window: CellWindow,
  request: AlignRequest<OutputType>,
): Promise<SourceValues> {
  const { validRange, scale = 1, offset = 0 } = request;
  const values = await raster.readValues(band, window, {
    ...(request.sourceNodata === undefined ? {} : { nodata: request.sourceNodata }),
    ...(request.applyFileScale === undefined ? {} : { applyFileScale: request.applyFileScale }),
    ...(validRange === undefined ? {} : { valid: { low: validRange[0], high: validRange[1], scale, offset } }),
  });
  return { ...window, values };
}

function sample(
  source: SourceValues,
  place: SourcePlacement,
  part: GridSpec,
  { resampling, scale = 1, offset: shift = 0 }: AlignRequest<OutputType>,
  receive: Receive,
): void {
  const centres = pixelMap(part, place, 'centres');
  if (resampling === 'nearest') sampleNearest(source, centres, receive, { scale, shift });
  else if (resampling === 'bilinear') sampleBilinear(source, centres, receive, { scale, shift });
  else sampleArea(source, centres, pixelMap(part, place, 'corners'), receive, { scale, shift });
}

/** Parts of a target, each with the source window under it, that stay within the pixel budget. */
function* parts(target: GridSpec, window: CellWindow, place: SourcePlacement): Generator<[CellWindow, CellWindow]> {
  const source = sourceWindow(windowGrid(target, window), place);
  if (source === undefined) return;
  const { x0, y0, width, height } = window;
  if (source.width * source.height <= pixelBudget || (width === 1 && height === 1)) {
    yield [window, source];
    return;
  }
  const across = height === 1;
  const half = Math.ceil((across ? width : height) / 2);
  yield* parts(target, across ? { x0, y0, width: half, height } : { x0, y0, width, height: half }, place);
  const rest = across
    ? { x0: x0 + half, y0, width: width - half, height }
    : { x0, y0: y0 + half, width, height: height - half };
  yield* parts(target, rest, place);
}

const outOfType = (path: string, value: number, type: OutputType): Error =>
  userError(
    'value-out-of-type',
    path,
    { zh: `类别值 ${value} 超出 ${type} 的范围`, en: `class value ${value} does not fit into ${type}` },
    { zh: '范围内的整数代码', en: 'whole-number codes within range' },
  );

/** Receiver that writes into a result array and counts values. */
function writer<Type extends OutputType>(request: AlignRequest<Type>, data: OutputArrays[Type], part: CellWindow) {
  const { target, output, path } = request;
  const isFloat = output === undefined || output === 'float32';
  const first = part.y0 * target.width + part.x0;
  const inside = (index: number): number => {
    const row = Math.floor(index / part.width);
    return first + row * target.width + (index - row * part.width);
  };
  let valid = 0;
  const receive: Receive = (index, value) => {
    if (Number.isNaN(value)) return;
    const at = part.width === target.width ? first + index : inside(index);
    data[at] = value;
    if (!isFloat && data[at] !== value) throw outOfType(path, value, output);
    valid++;
  };
  return { receive, count: () => valid };
}

/**
 * Brings bands of a raster onto target cells.
 *
 * The value of a cell depends on the cell and the source alone, not on the tile it is computed in: any cut of a grid
 * into targets gives the same bytes. Where source and target cells coincide the values are copied unchanged. Nodata in
 * all its spellings, pixels outside `validRange` and cells outside the source become NaN (floats) or `fill` (integers).
 *
 * Raises a `UserError` for files that cannot be read, placed, or whose values do not fit an integer `output`.
 */
export async function alignRaster<Type extends OutputType = 'float32'>(
  request: AlignRequest<Type>,
): Promise<AlignedRaster<Type>> {
  const { target, bands } = request;
  const output = (request.output ?? 'float32') as Type;
  const fill = output === 'float32' ? Number.NaN : (request.fill ?? 0);
  const data = bands.map(() => {
    const array = makers[output](target.width * target.height);
    array.fill(fill);
    return array;
  });
  const valid = bands.map(() => 0);
  const raster = openRaster(request.path);
  try {
    const place = placementOf(raster, request.sourceCrs);
    const whole: CellWindow = { x0: 0, y0: 0, width: target.width, height: target.height };
    for (const [part, window] of parts(target, whole, place)) {
      const grid = windowGrid(target, part);
      for (const [at, band] of bands.entries()) {
        const source = await readSource(raster, band, window, request);
        const { receive, count } = writer(request, data[at]!, part);
        sample(source, place, grid, request, receive);
        valid[at]! += count();
      }
    }
  } finally {
    raster.close();
  }
  return { data, valid };
}
