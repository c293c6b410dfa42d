/**
 * The annual pass of a case over the tiles of one process, and the cells of each intensity class, 0 first, as a JSON list.
 * Arguments: directory of the inputs, directory for the results, codec, number of the case, side of the region and of a tile in
 * cells, number of this process and of all.
 */
import { decodeCube } from '../../models/statistics/encode-cube.ts';
import type { Codec } from '../../pipeline/formats/raster-write.ts';
import { annualCases } from './annual-cases.ts';
import { benchRegion, runTiles } from './annual-region.ts';

const [directory, output, codec] = process.argv.slice(2, 5) as [string, string, Codec];
const numbers = process.argv.slice(5).map(Number) as [number, number, number, number, number];
const [number, side, tileSize, own, all] = numbers;
const region = benchRegion(directory, output, side, tileSize);
const tiles = region.tiles.filter((_, at) => at % all === own);
const { parameters, files } = annualCases[number]!;
const cells = new Array<number>(7).fill(0);
export const ready = run();

async function run(): Promise<void> {
  await runTiles(parameters, files, codec, { ...region, tiles }, ({ cube }) => {
    const rows = decodeCube((cube as { readonly bytes: Uint8Array }).bytes);
    for (let row = 0; row < rows.rowCount; row++) cells[rows.intensity[row]!] += rows.cells[row]!;
  });
  console.log(JSON.stringify(cells));
}
