import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codecOptions } from '../../pipeline/formats/raster-write.ts';
import { builtProgram } from '../../pipeline/programs/built-program.ts';
import { annualCases } from './annual-cases.ts';
import { grassAnnual } from './annual-grass.ts';
import { regionGrid, writeAnnualInputs } from './annual-inputs.ts';
import { tileSizeOfRun } from './annual-region.ts';
import { annualTables } from './annual-tables.ts';
import { grassVersion } from './grass-terrain.ts';
import { type ProcessTreeTime, runProgram } from './process-tree.ts';
import type { Bench, BenchResult, FigureResult } from './result.ts';

const codecs = { working: 'Zstandard 1', deliverable: 'DEFLATE 6' } as const;
type Codec = keyof typeof codecs;

const processes = 2;
const ready = 0;
const covers = 1;
const program = builtProgram('annual-process', 'benchmarks');
// The script is no part of what is compiled.
const script = fileURLToPath(new URL('../../../scripts/bench/annual-numpy.py', import.meta.url));

/** Smallest ratios wanted: CPU and wall time of the others for each of ours. */
const numpyTimes = { cpu: 2.5, wall: 4 };
const grassTimes: Readonly<Record<Codec, number>> = { working: 10, deliverable: 3 };

/**
 * The annual pass of ready factors, start of the processes included, beside a windowed numpy script and GRASS on the same
 * inputs with the same codec; all must find the same cells of each class. And the pass with B of 24 covers in one process and in
 * two. GRASS takes minutes on large regions: with the codec of deliverables it has the first size alone.
 */
export const annualPeers: Bench = async (directory, { sizes, long }) => {
  const results: BenchResult[] = [];
  for (const side of sizes.filter((size) => size <= 8000)) {
    const place = join(directory, `${side}`);
    const output = join(place, 'output');
    mkdirSync(place);
    const names = new Set([ready, covers].flatMap((number) => Object.values(annualCases[number]!.files)));
    const grid = regionGrid(side);
    await writeAnnualInputs(place, grid, names, [tileSizeOfRun(side)]);
    for (const codec of Object.keys(codecs) as Codec[]) {
      const hasGrass = long || codec === 'working' || side === sizes[0];
      results.push(...peerRows(side, place, output, codec, hasGrass));
    }
    results.push(coverRow(side, place, output));
    rmSync(place, { recursive: true });
  }
  return results;
};

/** B of 24 covers in two processes, against one. */
function coverRow(side: number, place: string, output: string): FigureResult {
  const [one, two] = [1, processes].map((count) => ownTime(side, place, output, 'working', covers, count));
  const name = `annual pass of ${side} × ${side}, B of 24 covers; ${codecs.working}`;
  requireEqual(name, addUp(one!.output), addUp(two!.output));
  return {
    name: `${name}, wall of ${processes} processes`,
    figure: two!.wallSeconds,
    against: 'CPU of one',
    againstFigure: one!.cpuSeconds,
    unit: 's',
    target: 0.6,
  };
}

function peerRows(side: number, place: string, output: string, codec: Codec, hasGrass: boolean): FigureResult[] {
  const name = `annual pass of ${side} × ${side}; ${codecs[codec]}`;
  const one = ownTime(side, place, output, codec, ready, 1);
  const two = ownTime(side, place, output, codec, ready, processes);
  const expected = addUp(one.output);
  requireEqual(name, expected, addUp(two.output));
  const row = (
    what: string,
    own: number,
    against: string,
    other: number,
    target: number | undefined,
  ): FigureResult => ({
    name: `${name}, ${what}`,
    figure: own,
    against,
    againstFigure: other,
    unit: 's',
    ...(target === undefined ? {} : { target }),
  });
  const rows = [row(`wall of ${processes} processes`, two.wallSeconds, 'CPU of one', one.cpuSeconds, 0.6)];
  const options = [codecOptions(codec, 'Float32').join(), codecOptions(codec, 'Byte').join()] as const;
  const tables = annualTables(annualCases[0]!.parameters);
  const python = pythonWithNumpy();
  if (python !== undefined) {
    const numpy = runProgram(python, [script, place, emptied(output), ...options, JSON.stringify(tables)]);
    requireEqual(name, expected, JSON.parse(numpy.output) as number[]);
    rows.push(
      row('CPU', one.cpuSeconds, 'numpy and GDAL by windows', numpy.cpuSeconds, 1 / numpyTimes.cpu),
      row(
        `wall of ${processes} processes`,
        two.wallSeconds,
        'numpy and GDAL by windows',
        numpy.wallSeconds,
        1 / numpyTimes.wall,
      ),
    );
  } else console.log('numpy or GDAL for Python is not installed: not compared');
  if (!hasGrass) return rows;
  const grass = grassVersion();
  if (grass === undefined) console.log('GRASS is not installed: not compared');
  else {
    const time = grassAnnual(place, emptied(output), options, tables);
    requireEqual(name, expected.slice(1), grassCells(time));
    const against = `GRASS ${grass}: r.mapcalc, r.stats, export`;
    rows.push(row('CPU', one.cpuSeconds, against, time.cpuSeconds, 1 / grassTimes[codec]));
  }
  return rows;
}

/** An empty directory: a file that takes the place of another waits until that is on the disk. */
function emptied(directory: string): string {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory);
  return directory;
}

/** The pass in one process, or in several at once. */
function ownTime(
  side: number,
  place: string,
  output: string,
  codec: Codec,
  number: number,
  count: number,
): ProcessTreeTime {
  emptied(output);
  const commands = Array.from({ length: count }, (_, at) => {
    const own = join(output, `${at}`);
    mkdirSync(own);
    const args = [program, place, own, codec, number, side, tileSizeOfRun(side), at, count];
    return `"${process.execPath}" ${args.map((arg) => `'${arg}'`).join(' ')}`;
  });
  return runProgram('bash', ['-c', `${commands.join(' & ')} & wait`]);
}

/** Cells of each class of all processes, each of which wrote a line. */
const addUp = (output: string): number[] =>
  output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as number[])
    .reduce((sums, cells) => sums.map((sum, grade) => sum + cells[grade]!));

const grassCells = ({ output }: ProcessTreeTime): number[] => {
  const cells = new Map(
    output
      .trim()
      .split('\n')
      .map((line) => line.split(' ').map(Number) as [number, number]),
  );
  return [1, 2, 3, 4, 5, 6].map((grade) => cells.get(grade) ?? 0);
};

function requireEqual(name: string, expected: readonly number[], found: readonly number[]): void {
  if (JSON.stringify(expected) !== JSON.stringify(found))
    throw new Error(`${name}: cells of classes ${found.join(', ')}; expected ${expected.join(', ')}`);
}

/** A Python that has numpy and GDAL: the first of the path, or the one that packages of the system go to. */
const pythonWithNumpy = (): string | undefined =>
  ['python3', '/usr/bin/python3'].find(
    (python) =>
      spawnSync(python, ['-c', 'import numpy; from osgeo import gdal_array'], { stdio: 'ignore' }).status === 0,
  );
