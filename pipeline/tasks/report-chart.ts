import { printedZones } from '../exports/printed-zones.ts';
import { readRegion } from './read-region.ts';
import type { RegionParameters } from './report-parameters.ts';
import { reportTitle } from './report-title.ts';
import type { TaskHandler } from './task.ts';

/**
 * Eroded area and rate of the zones of the first set, as a picture.
 *
 * Inputs: those of `readRegion`. The output is named as the file is.
 */
export const reportChart: TaskHandler = {
  kind: 'report-chart',
  version: 1,
  async run(task, context) {
    const parameters = task.parameters as unknown as RegionParameters;
    const { year, language } = parameters;
    const { report } = await readRegion(task, context, parameters);
    // The library that draws charts takes long to load, and a plan that only names this task does not need it.
    const { intensityChart } = await import('../exports/intensity-chart.ts');
    const bytes = await intensityChart(
      { title: reportTitle(parameters, 'chart'), zones: printedZones(report) },
      language,
    );
    return { outputs: { [`chart_${year}.png`]: { bytes, mediaType: 'image/png' } } };
  },
};
