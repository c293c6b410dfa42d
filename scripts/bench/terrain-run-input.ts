/** Makes the elevation file of `terrain-run`: side in cells, path. */
import { tileFrames, tileLayout } from '../../models/grid/tile-layout.ts';
import { createRaster } from '../../pipeline/formats/raster-write.ts';
import { countryElevation } from './terrain-elevation.ts';
import { terrainRunGrid } from './terrain-run-grid.ts';

const [side, path] = [Number(process.argv[2]), process.argv[3]!];
const grid = terrainRunGrid(side);
const raster = createRaster(path, { grid, codec: 'working' }, 'Float32', [{ nodata: Number.NaN }]);
for (const frame of tileFrames(tileLayout(side, side, 512)))
  await raster.write(1, frame, countryElevation('hills', frame));
raster.close();
