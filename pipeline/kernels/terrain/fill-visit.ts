import type { FillVisit } from '../../../models/terrain/tiled/terrain-visits.ts';
import type { TerrainExports } from './terrain-exports.ts';
import type { TerrainMemory } from './terrain-memory.ts';

/** First visit, see `visitFill`. */
export function fillVisit(run: TerrainExports, memory: TerrainMemory): FillVisit {
  const [z, basin] = memory.words;
  const ways = memory.words.at(-1)!;
  const [roots, least, above, label, level, pit] = memory.basins;
  const { tree, passLists, passRoom, tables } = memory;
  run.frameFloats(z!.address, Number.POSITIVE_INFINITY);
  const count = run.findBasins(z!.address, basin!.address, pit!.address, ways.address);
  pit!.cells.fill(0, 0, 2);
  const labels = label!.cells;
  labels.fill(0, 0, count + 1);
  labels[1] = 1;
  let labelCount = 1;
  const rim = memory.rim(basin!.cells);
  for (const at of rim) if (at !== 0 && labels[at] === 0) labels[at] = ++labelCount;

  const passCount = run.findPasses(z!.address, basin!.address, count, ...passLists, passRoom, roots!.address, tables);
  const told = run.joinBasins(
    run.sortedPasses(),
    passCount,
    count,
    roots!.address,
    least!.address,
    above!.address,
    label!.address,
    level!.address,
    tree.address,
  );
  const passes = { from: new Uint32Array(told), to: new Uint32Array(told), level: new Float32Array(told) };
  for (let i = 0; i < told; i++) {
    passes.from[i] = tree.cells[3 * i]!;
    passes.to[i] = tree.cells[3 * i + 1]!;
    passes.level[i] = tree.floats[3 * i + 2]!;
  }
  return {
    drains: {
      pit: pit!.cells.slice(0, count + 1),
      level: level!.floats.slice(0, count + 1),
      label: labels.slice(0, count + 1),
    },
    boundary: {
      elevation: memory.rim(z!.floats).map((metres) => metres + 0),
      labels: rim.map((at) => labels[at]!),
      labelCount: Uint32Array.of(labelCount),
      passFrom: passes.from,
      passTo: passes.to,
      passLevel: passes.level,
    },
  };
}
