/**
 * The annual pass of ready factors over the tiles of one process, and the cells of each intensity class, 0 first, as a JSON
 * list. Arguments: directory of the inputs, directory for the results, codec, side of the region and of a tile in cells, number
 * of this process and of all.
 */
import { tileFrames, tileLayout } from '../../models/grid/tile-layout.ts';
import { decodeCube } from '../../models/statistics/encode-cube.ts';
import type { Codec } from '../../pipeline/formats/raster-write.ts';
import { annualCases } from './annual-cases.ts';
import { regionGrid } from './annual-inputs.ts';
import { runTiles } from './annual-region.ts';

const [directory, output, codec] = process.argv.slice(2, 5) as [string, string, Codec];
const [side, tileSize, own, all] = process.argv.slice(5).map(Number) as [number, number, number, number];
const tiles = tileFrames(tileLayout(side, side, tileSize)).filter((_, at) => at % all === own);
const { parameters, files } = annualCases[0]!;
const cells = new Array<number>(7).fill(0);
await runTiles(parameters, files, codec, { directory, output, grid: regionGrid(side), tiles }, ({ cube }) => {
  const rows = decodeCube((cube as { readonly bytes: Uint8Array }).bytes);
  for (let row = 0; row < rows.rowCount; row++) cells[rows.intensity[row]!] += rows.cells[row]!;
});
console.log(JSON.stringify(cells));
