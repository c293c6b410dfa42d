import { flatCell, noDirection } from '../../../models/grid/d8.ts';
import type { BasinDrains } from '../../../models/terrain/tiled/basin-drains.ts';
import { encodeCellSet } from '../../../models/terrain/tiled/cell-set-bytes.ts';
import type { FillCorrection } from '../../../models/terrain/tiled/fill-depressions-barnes2016.ts';
import type { FlatBoundary } from '../../../models/terrain/tiled/flow-direction.ts';
import type { TerrainExports } from './terrain-exports.ts';
import type { TerrainMemory } from './terrain-memory.ts';

/** Second visit, see `visitFlow`. */
export function flowVisit(
  run: TerrainExports,
  memory: TerrainMemory,
  drains: BasinDrains,
  fill: FillCorrection,
): FlatBoundary {
  directWater(run, memory, drains, fill);
  return flatBoundary(run, memory);
}

/** Filled elevation in place of the elevation, and directions, flats not resolved, into the second layer of bytes. */
export function directWater(
  run: TerrainExports,
  memory: TerrainMemory,
  drains: BasinDrains,
  fill: FillCorrection,
): void {
  const [filled, stack] = memory.words;
  const [, direction] = memory.bytes;
  const [pit, level, label, levels] = memory.basins;
  pit!.cells.set(drains.pit);
  level!.floats.set(drains.level);
  label!.cells.set(drains.label);
  levels!.floats.set(fill.levels);
  run.frameFloats(filled!.address, Number.POSITIVE_INFINITY);
  run.raise(
    filled!.address,
    pit!.address,
    level!.address,
    label!.address,
    levels!.address,
    drains.pit.length - 1,
    stack!.address,
  );
  memory.loadRing(filled!.floats, fill.ring);
  // Filled levels know no −0, which hardly any elevation has.
  if (run.d8(filled!.address, direction!.address)) run.plainZeros(filled!.address);
  run.frameBytes(direction!.address, noDirection);
}

/** Slope of the elevation in the first layer of words, into the fourth; see `tileSlope`. */
export function tileSlope(
  run: TerrainExports,
  memory: TerrainMemory,
  fill: FillCorrection,
  cellSizeMetres: number,
): void {
  const [z, , , slope] = memory.words;
  memory.loadRing(z!.floats, fill.ringElevation);
  run.slope(z!.address, slope!.address, cellSizeMetres);
}

/** What the perimeter tells of flats, with filled elevations in the first layer and directions in the second of bytes. */
function flatBoundary(run: TerrainExports, memory: TerrainMemory): FlatBoundary {
  const [filled, steps, , , , , cells, queue] = memory.words;
  const [, direction, kept] = memory.bytes;
  const { perimeter } = memory;
  const flat = memory.rim(direction!.cells).map((code) => (code === flatCell ? 1 : 0));
  const level = memory.rim(filled!.floats);
  if (!flat.includes(1)) return { level, flat, steps: new Uint32Array(flat.length), borderFlats: new Uint8Array(0) };

  const { length } = perimeter.cells;
  run.fillLayer(steps!.address, 0, 4);
  run.borderSteps(
    filled!.address,
    direction!.address,
    steps!.address,
    perimeter.address,
    length,
    cells!.address,
    queue!.address,
  );
  run.fillLayer(kept!.address, 0, 1);
  const borderFlats = run.borderFlats(
    direction!.address,
    steps!.address,
    perimeter.address,
    length,
    kept!.address,
    queue!.address,
  );
  return {
    level,
    flat,
    steps: memory.rim(steps!.cells),
    borderFlats: borderFlats === 0 ? new Uint8Array(0) : encodeCellSet(memory.packed(kept!.cells, queue!)),
  };
}
