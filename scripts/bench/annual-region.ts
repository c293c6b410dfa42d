import { rmSync } from 'node:fs';
import type { GridSpec } from '../../models/grid/grid-spec.ts';
import { type TileFrame, tileFrames, tileLayout } from '../../models/grid/tile-layout.ts';
import { closeIdleRasters } from '../../pipeline/formats/raster-pool.ts';
import type { Codec } from '../../pipeline/formats/raster-write.ts';
import { annualTileSize, usualTileSize } from '../../pipeline/plan/tile-size.ts';
import type { ErosionTileParameters } from '../../pipeline/tasks/erosion-parameters.ts';
import { erosionTile } from '../../pipeline/tasks/erosion-tile.ts';
import type { JsonValue, TaskContext, TaskOutput } from '../../pipeline/tasks/task.ts';
import { annualInputPath, regionGrid } from './annual-inputs.ts';

/** Where a region lies, cut into tiles. */
export interface BenchRegion {
  readonly directory: string;
  readonly output: string;
  readonly grid: GridSpec;
  readonly tileSize: number;
  readonly tiles: readonly TileFrame[];
}

/** Side of the tiles in which a run does a square region. */
export const tileSizeOfRun = (side: number): number => annualTileSize(usualTileSize(regionGrid(side)));

/** A square region, cut into tiles. */
export const benchRegion = (directory: string, output: string, side: number, tileSize: number): BenchRegion => ({
  directory,
  output,
  grid: regionGrid(side),
  tileSize,
  tiles: tileFrames(tileLayout(side, side, tileSize)),
});

/** Paths of all files that a case reads. */
export const inputPaths = (files: Readonly<Record<string, string>>, region: BenchRegion): string[] => {
  const paths = region.tiles.flatMap(({ id }) =>
    Object.values(files).map((name) => annualInputPath(region.directory, name, region.tileSize, id)),
  );
  return [...new Set(paths)];
};

/** The annual pass over all tiles, one after another as a tile process does them. */
export async function runTiles(
  parameters: ErosionTileParameters,
  files: Readonly<Record<string, string>>,
  codec: Codec,
  { directory, output, grid, tileSize, tiles }: BenchRegion,
  done: (outputs: Readonly<Record<string, TaskOutput>>) => void = () => {},
): Promise<void> {
  // A raster that stays open keeps blocks that were decoded on the last pass.
  closeIdleRasters();
  for (const tile of tiles) {
    const context: TaskContext = {
      temporaryDirectory: output,
      inputPath: async (name) => annualInputPath(directory, files[name]!, tileSize, tile.id),
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
      parameters: {
        ...parameters,
        codec,
        grid,
        window: { x0, y0, width, height },
        terrainCorner: { x0, y0 },
      } as unknown as JsonValue,
      inputs: Object.fromEntries(Object.keys(files).map((name) => [name, { digest: name }])),
    };
    const { outputs } = await erosionTile.run(task, context);
    done(outputs);
    // A run moves them into its store; the next tile's must not take the place of files that wait for the disk.
    for (const result of Object.values(outputs)) if ('path' in result) rmSync(result.path);
  }
}
