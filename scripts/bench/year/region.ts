import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gdal } from '../../../pipeline/formats/gdal.ts';
import { maximumGeoJsonBytes } from '../../../pipeline/formats/inspect/inspect-geojson.ts';
import { layRegion } from './large/large-region.ts';

const program = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** The program itself, for a command of its own process. */
export const shuibao = (...args: string[]): string[] => [process.execPath, program('program/shuibao.js'), ...args];

/** Side of the largest region that is generated as a whole, which takes 55 bytes of memory a cell, and of pieces of larger ones. */
const largestGenerated = 8000;
const largestPiece = 4000;

/**
 * Makes the sample region, beyond 8000 cells of side laid with mirror images of a generated one. Engineering measures are a
 * GeoPackage where GeoJSON would be too long.
 * @param size - cells of its side
 */
export async function makeRegion(directory: string, size: number): Promise<void> {
  const region = join(directory, 'region');
  if (size <= largestGenerated) generate(region, size);
  else {
    const times = Math.ceil(size / largestPiece);
    const piece = join(directory, 'piece');
    generate(piece, size / times);
    await layRegion(piece, region, filesOfYear(), size, times);
    rmSync(piece, { recursive: true });
  }
  const measures = join(region, 'engineering-measures.geojson');
  if (statSync(measures).size <= maximumGeoJsonBytes) return;
  const source = gdal.open(measures);
  gdal.vectorTranslate(geoPackage(measures), source, ['-f', 'GPKG']).close();
  source.close();
  rmSync(measures);
}

function generate(folder: string, size: number): void {
  const args = [program('data-samples/generate.js'), '--size', `${size}`, '--out', folder];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

const sampleYear = fileURLToPath(new URL('../../../../data-samples/2024.yaml', import.meta.url));

/** Files of the region that the sample year reads. */
function filesOfYear(): string[] {
  return [...readFileSync(sampleYear, 'utf8').matchAll(/(?<= region\/)\S+/g)].map(([path]) => path);
}

const geoPackage = (path: string): string => path.replace('.geojson', '.gpkg');

/**
 * Writes a run file of the sample year with a workspace and results of its own.
 * @param tileSize - left out, the program finds the size of the tiles itself
 * @returns its path
 */
export function writeRunFile(directory: string, name: string, tileSize?: number): string {
  const grid = tileSize === undefined ? '' : `\ngrid:\n  tileSize: ${tileSize}`;
  const text = readFileSync(sampleYear, 'utf8')
    .replace(/^workspace: .*$/m, `workspace: ${name}/workspace${grid}`)
    .replace(/^results: .*$/m, `results: ${name}/results`)
    .replace(/region\/engineering-measures\.geojson/, (path) =>
      existsSync(join(directory, path)) ? path : geoPackage(path),
    );
  mkdirSync(join(directory, name), { recursive: true });
  const path = join(directory, `${name}.yaml`);
  writeFileSync(path, text);
  return path;
}

/** Builds on a field: twenty by twenty cells in the middle of the land use become construction land. */
export function changeOnePolygon(directory: string, size: number): void {
  const dataset = gdal.open(join(directory, 'region', 'land-use-2024.tif'), 'r+');
  const middle = Math.floor(size / 2) - 100;
  dataset.bands.get(1).pixels.write(middle, middle, 20, 20, new Uint8Array(400).fill(53));
  dataset.flush();
  dataset.close();
}

/** Makes a finished run's workspace forget its latest results of some tasks, and that the run was finished. */
export function forgetTasks(workspace: string, ids: readonly string[]): void {
  rmSync(join(workspace, 'runs'), { recursive: true });
  const records = join(workspace, 'store', 'records');
  for (const folder of readdirSync(records))
    for (const name of readdirSync(join(records, folder))) {
      const path = join(records, folder, name);
      if (ids.includes((JSON.parse(readFileSync(path, 'utf8')) as { id: string }).id)) rmSync(path);
    }
}
