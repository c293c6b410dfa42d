import { changeHandlers } from './change/handlers.ts';
import { compareScenarios } from './compare-scenarios.ts';
import { deliverRaster } from './deliver-raster.ts';
import { countContamination } from './edge-contamination.ts';
import { erosionTile } from './erosion-tile.ts';
import { erosivityRaster } from './erosivity-raster.ts';
import { erosivityStations } from './erosivity-stations.ts';
import { mergeStatistics } from './merge-statistics.ts';
import { pyramidBlock } from './pyramid-block.ts';
import { rasterizePolygons } from './rasterize-polygons.ts';
import { report } from './report.ts';
import { reportChart } from './report-chart.ts';
import { reportMap } from './report-map.ts';
import type { TaskHandler } from './task.ts';
import { terrainHandlers } from './terrain/handlers.ts';
import { zoneRaster } from './zone-raster.ts';

/** Every kind of task a run can have. */
export const taskHandlers: readonly TaskHandler[] = [
  ...terrainHandlers,
  erosivityRaster,
  erosivityStations,
  rasterizePolygons,
  zoneRaster,
  erosionTile,
  mergeStatistics,
  countContamination,
  pyramidBlock,
  deliverRaster,
  report,
  reportChart,
  reportMap,
  compareScenarios,
  ...changeHandlers,
];

/** Versions of all kinds, as they enter the keys of a plan. */
export const taskVersions: Readonly<Record<string, number>> = Object.fromEntries(
  taskHandlers.map(({ kind, version }) => [kind, version]),
);
