import { join } from 'node:path';
import type { GridSpec } from '../../models/grid/grid-spec.ts';
import type { TileFrame } from '../../models/grid/tile-layout.ts';
import { closeIdleRasters } from '../../pipeline/formats/raster-pool.ts';
import type { Codec } from '../../pipeline/formats/raster-write.ts';
import type { ErosionTileParameters } from '../../pipeline/tasks/erosion-parameters.ts';
import { erosionTile } from '../../pipeline/tasks/erosion-tile.ts';
import type { JsonValue, TaskContext, TaskOutput } from '../../pipeline/tasks/task.ts';
import { tileInputName, tileInputNames } from './annual-inputs.ts';

/** Where a region lies, cut into tiles. */
export interface BenchRegion {
  readonly directory: string;
  readonly output: string;
  readonly grid: GridSpec;
  readonly tiles: readonly TileFrame[];
}

/** Names of the files that a case reads for a tile, by input. */
const filesOf = (files: Readonly<Record<string, string>>, tile: TileFrame): Record<string, string> =>
  Object.fromEntries(
    Object.entries(files).map(([input, name]) => [
      input,
      tileInputNames.some((each) => each === name) ? tileInputName(name, tile.id) : name,
    ]),
  );

/** Paths of all files that a case reads. */
export const inputPaths = (files: Readonly<Record<string, string>>, { directory, tiles }: BenchRegion): string[] => [
  ...new Set(
    tiles.flatMap((tile) => Object.values(filesOf(files, tile))).map((name) => join(directory, `${name}.tif`)),
  ),
];

/** The annual pass over all tiles, one after another as a tile process does them. */
export async function runTiles(
  parameters: ErosionTileParameters,
  files: Readonly<Record<string, string>>,
  codec: Codec,
  { directory, output, grid, tiles }: BenchRegion,
  done: (outputs: Readonly<Record<string, TaskOutput>>) => void = () => {},
): Promise<void> {
  // A raster that stays open keeps blocks that were decoded on the last pass.
  closeIdleRasters();
  for (const tile of tiles) {
    const paths = filesOf(files, tile);
    const context: TaskContext = {
      temporaryDirectory: output,
      inputPath: async (name) => join(directory, `${paths[name]!}.tif`),
      inputBytes: async () => new Uint8Array(),
      signal: new AbortController().signal,
    };
    const { x0, y0, width, height } = tile;
    const { kind, version } = erosionTile;
    const task = {
      key: 'bench',
      id: `erosion/${tile.id}`,
      kind,
      version,
      parameters: { ...parameters, codec, grid, window: { x0, y0, width, height } } as unknown as JsonValue,
      inputs: Object.fromEntries(Object.keys(files).map((name) => [name, { digest: name }])),
    };
    done((await erosionTile.run(task, context)).outputs);
  }
}
