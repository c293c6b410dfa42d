import { type GridSpec, windowGrid } from '../../models/grid/grid-spec.ts';
import { tileFrames, tileLayout } from '../../models/grid/tile-layout.ts';
import { userError } from '../messages/user-error.ts';
import { type CodeEntry, writeCodeTiles } from './code-tiles.ts';
import type { LayerParameters } from './erosion-parameters.ts';
import { readClasses } from './read-layer.ts';
import { openSource, type SourceFile } from './source-file.ts';
import type { TaskHandler } from './task.ts';

export interface ZoneRasterParameters {
  readonly grid: GridSpec;
  readonly tileSize: number;
  readonly layer: LayerParameters;
  /** Names by code. */
  readonly names: Readonly<Record<string, string>>;
}

/** More distinct values than this are measurements, not zones. */
const mostZones = 60_000;

/** Zones given as a raster of whole numbers, by the nearest cell. Outputs: see `writeCodeTiles`. */
export const zoneRaster: TaskHandler = {
  kind: 'zone-raster',
  version: 2,
  async run(task, context) {
    const { grid, tileSize, layer, names } = task.parameters as unknown as ZoneRasterParameters;
    const path = await openSource(task.inputs.file!);
    const { shown } = task.inputs.file!.source as unknown as SourceFile;
    const codes = new Set<number>();
    for (const frame of tileFrames(tileLayout(grid.width, grid.height, tileSize))) {
      context.signal.throwIfAborted();
      for (const code of await readClasses(path, layer, windowGrid(grid, frame)))
        if (!Number.isNaN(code)) codes.add(code);
      if (codes.size > mostZones || [...codes].some((code) => !Number.isInteger(code))) throw notZones(shown, codes);
    }
    const table: CodeEntry[] = [...codes]
      .sort((a, b) => a - b)
      .map((code, at) => ({ index: at + 1, code: String(code), name: names[code] ?? String(code), parent: '' }));
    const indexOf = new Map(table.map(({ index, code }) => [Number(code), index]));
    const outputs = await writeCodeTiles(context, grid, tileSize, table, async (frame) => {
      const stored = await readClasses(path, layer, windowGrid(grid, frame));
      return { data: Uint16Array.from(stored, (code) => indexOf.get(code) ?? 0), metadata: {} };
    });
    return { outputs, facts: { codes: table.length } };
  },
};

function notZones(shown: string, codes: ReadonlySet<number>) {
  const sample = [...codes].slice(0, 3).join(', ');
  return userError(
    'zones-not-whole-numbers',
    shown,
    { zh: `像元值 ${sample} … 不是分区代码`, en: `cell values ${sample} … are not zone codes` },
    { zh: `应为整数，且不超过 ${mostZones} 种`, en: `expected whole numbers, at most ${mostZones} different ones` },
    { zh: '请换用分区栅格', en: 'supply a raster of zones' },
  );
}
