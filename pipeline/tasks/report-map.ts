import { printedZones } from '../exports/printed-zones.ts';
import { readThinned } from '../formats/raster-read.ts';
import { overviewGrid } from './overview.ts';
import { readRegion } from './read-region.ts';
import type { RegionParameters } from './report-parameters.ts';
import { reportTitle } from './report-title.ts';
import type { TaskHandler } from './task.ts';

/**
 * The classes of the region as a picture.
 *
 * Inputs: those of `readRegion`, `intensity` (class raster) and `overview` (zones of the first set, thinned out). The output
 * is named as the file is.
 */
export const reportMap: TaskHandler = {
  kind: 'report-map',
  version: 1,
  async run(task, context) {
    const parameters = task.parameters as unknown as RegionParameters;
    const { year, grid, model, language, zoneSets } = parameters;
    const { report, zoneTables } = await readRegion(task, context, parameters);
    const small = overviewGrid(grid);
    const classes = await readThinned(await context.inputPath('intensity'), 1, small.width, small.height);
    const zones = new Uint16Array((await context.inputBytes('overview')).slice().buffer);
    // The library that draws takes long to load, and a plan that only names this task does not need it.
    const { intensityMap } = await import('../exports/intensity-map.ts');
    const map = {
      title: reportTitle(parameters, 'map'),
      grid: small,
      classes,
      zones,
      zoneNames: new Map(zoneTables[0]!.map(({ index, name }) => [index, { zh: name, en: name }])),
      zoneName: zoneSets[0]!.name,
      region: printedZones(report)[0]!,
      model,
      cellSizeMetres: grid.cellSizeMetres,
    };
    return { outputs: { [`map_${year}.png`]: { bytes: await intensityMap(map, language), mediaType: 'image/png' } } };
  },
};
