import type { CellWindow } from '../../models/grid/grid-spec.ts';
import type { Allocator } from '../../models/kernels/allocator.ts';
import type { CommonResult } from '../../models/kernels/annual-kernels.ts';
import { type CountingMemory, countingMemory, landUseCodes } from '../../models/kernels/counting-memory.ts';
import { type LineRoom, paddedCount } from '../../models/kernels/line-rows.ts';
import { croplandSlopeBands } from '../../models/parameters/slope-bands.ts';
import type { AlignedLayer } from '../formats/aligned-layer.ts';
import { linesLength, type RowMemory, rowMemory } from '../formats/bilinear-rows.ts';
import { type ErosionArrays, erosionArrays } from './erosion-arrays.ts';
import type { ErosionTileParameters } from './erosion-parameters.ts';
import { type PartMemory, type PracticePart, partMemory } from './practice-reader.ts';
import { distinctParts, partsOfVariants } from './practice-rows.ts';
import { indexInputs, tileLayers } from './tile-layers.ts';

/** What is read under a strip. There are two, so that one strip is read while the other is computed. */
export interface StripMemory {
  readonly sources: ReadonlyMap<string, Float32Array[]>;
  readonly places: readonly RowMemory[];
  /** Zones and codes of polygons, by input name. */
  readonly indices: ReadonlyMap<string, Uint16Array>;
  /** Terrain: slope in degrees, L, S. */
  readonly terrain: readonly [Float32Array, Float32Array, Float32Array];
}

/** All memory that the annual pass of a tile works in. */
export interface TileMemory {
  readonly strips: readonly StripMemory[];
  /** Rows of each layer on the grid, one array per band. */
  readonly rows: ReadonlyMap<string, Float32Array[]>;
  /** Lines of rows of each layer that may be interpolated; they all have places of cells in common. */
  readonly lines: ReadonlyMap<string, LineRoom>;
  /** Lines of erosivity of the year. */
  readonly yearLine: Float64Array;
  /** Tables of the practice factors of the run and its scenarios, by key. */
  readonly parts: ReadonlyMap<string, PartMemory>;
  readonly landUseTable: Uint8Array;
  /** Of rows, what the equations of the run and its scenarios have in common. */
  readonly common: CommonResult;
  readonly results: ErosionArrays;
  /** Counters of the run and of each scenario. */
  readonly counting: CountingMemory;
}

/** Pairs of zones and land use, and zones, that are counted before totals are carried over: more than a tile has as a rule. */
const countedBlocks = 256;
const countedTuples = 64;

/** Cells computed at once: their values stay in the processor's cache, also where there are 24 of cover. */
const cellsAtOnce = 1 << 14;

/** Rows of a strip that are computed at once. */
export const rowsAtOnce = ({ width, height }: CellWindow): number =>
  Math.max(1, Math.min(height, Math.floor(cellsAtOnce / width)));

/**
 * Lays out the memory of a tile for its strips, of which the first is the largest.
 * @param codes codes of the polygons of the tile, by input
 */
export function tileMemory(
  allocator: Allocator,
  parameters: ErosionTileParameters,
  strips: readonly CellWindow[],
  layers: ReadonlyMap<string, AlignedLayer>,
  codes: ReadonlyMap<string, readonly string[]>,
): TileMemory {
  const [{ width, height }] = strips as [CellWindow];
  const cells = width * height;
  const rows = rowsAtOnce(strips[0]!);
  const cellsOfRows = width * rows;
  const floats = (count: number, length: number) => Array.from({ length: count }, () => allocator.float32(length));
  const ofLayers = (length: (layer: AlignedLayer) => number) =>
    new Map([...layers].map(([name, layer]) => [name, floats(layer.bandCount, length(layer))]));
  const stripMemory = (): StripMemory => ({
    sources: ofLayers((layer) => Math.max(...strips.map((strip) => layer.sourcePixels(strip)))),
    places: Array.from({ length: layers.size }, () => rowMemory(allocator, width, rows)),
    indices: new Map(indexInputs(parameters).map((name) => [name, allocator.uint16(cells)])),
    terrain: [allocator.float32(cells), allocator.float32(cells), allocator.float32(cells)],
  });
  const lineOf = (layer: AlignedLayer | undefined, bands: number) => {
    const pixels = layer === undefined ? 0 : Math.max(...strips.map((strip) => layer.pixelsOfRow(strip)));
    return allocator.float64(linesLength(rows, width, pixels, bands));
  };
  const cellPlaces = { place: allocator.int32(paddedCount(width)), share: allocator.float64(paddedCount(width)) };
  const interpolated = tileLayers(parameters).filter(({ resampling }) => resampling === 'area');
  const codeCount = ({ polygons }: PracticePart) => (polygons === undefined ? 0 : codes.get(polygons)!.length);
  const variants = partsOfVariants(parameters);
  return {
    strips: Array.from({ length: Math.min(2, strips.length) }, stripMemory),
    rows: ofLayers(() => cellsOfRows),
    lines: new Map(
      interpolated.map(({ name }) => {
        const layer = layers.get(name)!;
        return [name, { ...cellPlaces, line: lineOf(layer, layer.bandCount) }];
      }),
    ),
    yearLine: lineOf(layers.get('erosivity'), 1),
    parts: new Map(
      distinctParts(variants).map((part) => [part.key, partMemory(allocator, part, cellsOfRows, codeCount(part))]),
    ),
    landUseTable: allocator.uint8(landUseCodes),
    common: { product: allocator.float32(cellsOfRows), cause: allocator.uint8(cellsOfRows) },
    results: erosionArrays(parameters, variants, { ofStrip: cells, ofRows: cellsOfRows }, allocator),
    counting: countingMemory(allocator, {
      zoneSets: parameters.zoneSets.length,
      slopeEdgesDegrees: croplandSlopeBands.limits,
      blocks: countedBlocks,
      tuples: countedTuples,
      cells: cellsOfRows,
      variants: 1 + parameters.scenarios.length,
    }),
  };
}
