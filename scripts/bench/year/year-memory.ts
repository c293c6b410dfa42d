import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench, BenchResult } from '../result.ts';
import { measureCommand } from './command.ts';
import { makeRegion, shuibao, writeRunFile } from './region.ts';
import { type ProcessMemory, treeMemory } from './tree-memory.ts';

/** Memory follows the tile, so rasters are held against each other in tiles of one size. */
const usualTileSize = 2048;
const slots = 2;
const boundMegabytes = 1500;

interface Moment {
  /** As `Date.now` tells. */
  readonly at: number;
  readonly processes: readonly ProcessMemory[];
  readonly residentBytes: number;
  readonly proportionalBytes: number;
}

/** What a year takes of the memory at most, in all its processes together, and who has it then; large rasters against small. */
export const yearMemory: Bench = async (directory, { sizes, tileSizes }) => {
  const tileSize = tileSizes?.[0] ?? usualTileSize;
  const results: BenchResult[] = [];
  let least: { readonly size: number; readonly peaks: Peaks } | undefined;
  // A raster inside one tile says nothing of tiles.
  for (const size of sizes.filter((size) => size > tileSize)) {
    const place = join(directory, `${size}`);
    mkdirSync(place);
    await makeRegion(place, size);
    const peaks = await peaksOfYear(place, tileSize);
    const name = `a year of ${size}², tiles of ${tileSize}, peak memory`;
    results.push(...rowsOf(name, peaks));
    if (least) results.push(...ratios(name, `${least.size}²`, peaks, least.peaks));
    least ??= { size, peaks };
    rmSync(place, { recursive: true });
  }
  return results;
};

interface Peaks {
  readonly proportional: Moment;
  readonly resident: Moment;
  /** Kinds of the tasks that ended next after the first of these. */
  readonly tasks: readonly string[];
}

async function peaksOfYear(place: string, tileSize: number): Promise<Peaks> {
  const nothing: Moment = { at: 0, processes: [], residentBytes: 0, proportionalBytes: 0 };
  let proportional = nothing;
  let resident = nothing;
  const runFile = writeRunFile(place, 'year', tileSize);
  await measureCommand(shuibao('run', runFile, '--workers', `${slots}`), {}, (pid) => {
    const processes = treeMemory(pid);
    const sum = (of: 'residentBytes' | 'proportionalBytes') => processes.reduce((total, each) => total + each[of], 0);
    const moment = {
      at: Date.now(),
      processes,
      residentBytes: sum('residentBytes'),
      proportionalBytes: sum('proportionalBytes'),
    };
    if (moment.proportionalBytes > proportional.proportionalBytes) proportional = moment;
    if (moment.residentBytes > resident.residentBytes) resident = moment;
  });
  return { proportional, resident, tasks: nextTasks(join(place, 'year', 'workspace'), proportional.at) };
}

/** Kinds of the tasks whose records were written next after a moment, as many as are in hand at once. */
function nextTasks(workspace: string, at: number): string[] {
  const records = join(workspace, 'store', 'records');
  return readdirSync(records)
    .flatMap((folder) => readdirSync(join(records, folder)).map((name) => join(records, folder, name)))
    .map((path) => ({ path, written: statSync(path).mtimeMs }))
    .filter(({ written }) => written >= at)
    .sort((a, b) => a.written - b.written)
    .slice(0, slots)
    .map(({ path }) => (JSON.parse(readFileSync(path, 'utf8')) as { kind: string }).kind);
}

const megabytes = (bytes: number): number => bytes / 1e6;

const roles: Readonly<Record<string, string>> = {
  'shuibao.js': 'the driving process',
  'tile-processor.js': 'a tile process',
  'inspector-process.js': 'an inspecting process',
};

/** A page that processes share is held once by the first row and those of single processes, and by each in what they are held against. */
function rowsOf(name: string, { proportional, resident, tasks }: Peaks): BenchResult[] {
  const bound = { against: 'bound', againstFigure: boundMegabytes, unit: 'MB', target: 1 };
  return [
    { name: `${name}, shared pages once`, figure: megabytes(proportional.proportionalBytes), ...bound },
    { name: `${name}, shared pages in each process`, figure: megabytes(resident.residentBytes), ...bound },
    ...proportional.processes.flatMap((each): BenchResult[] => {
      const role = roles[each.program];
      if (role === undefined) return [];
      return [
        {
          name: `${role} then, before ${tasks.join(' and ') || 'the end'}`,
          figure: megabytes(each.proportionalBytes),
          against: 'shared pages in full',
          againstFigure: megabytes(each.residentBytes),
          unit: 'MB',
        },
      ];
    }),
  ];
}

function ratios(name: string, against: string, peaks: Peaks, least: Peaks): BenchResult[] {
  const compared = { against, unit: 'MB', target: 1.3 };
  return [
    {
      name: `${name}, shared pages once`,
      figure: megabytes(peaks.proportional.proportionalBytes),
      againstFigure: megabytes(least.proportional.proportionalBytes),
      ...compared,
    },
    {
      name: `${name}, shared pages in each process`,
      figure: megabytes(peaks.resident.residentBytes),
      againstFigure: megabytes(least.resident.residentBytes),
      ...compared,
    },
  ];
}
