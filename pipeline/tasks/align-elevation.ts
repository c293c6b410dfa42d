import { join } from 'node:path';
import type { GridSpec } from '../../models/grid/grid-spec.ts';
import { alignRaster } from '../formats/align.ts';
import { writeRaster } from '../formats/raster-write.ts';
import { openSource } from './source-file.ts';
import type { TaskHandler } from './task.ts';

export interface AlignElevationParameters {
  readonly target: GridSpec;
  readonly band: number;
  readonly crs: string | null;
  readonly nodata: number | null;
  /** Factor from stored numbers to metres. */
  readonly scale: number;
}

/** Lowest and highest land on Earth with a margin; anything else is a nodata value that was not declared. */
export const elevationRange = [-500, 9000] as const;

/** Brings the elevation under one tile onto the run's grid: metres, float32, NaN where there is none. */
export const alignElevation: TaskHandler = {
  kind: 'align-elevation',
  version: 2,
  async run(task, context) {
    const parameters = task.parameters as unknown as AlignElevationParameters;
    const path = await openSource(task.inputs.elevation!);
    const aligned = await alignRaster({
      path,
      bands: [parameters.band],
      target: parameters.target,
      resampling: 'area',
      ...(parameters.crs === null ? {} : { sourceCrs: parameters.crs }),
      ...(parameters.nodata === null ? {} : { sourceNodata: parameters.nodata }),
      scale: parameters.scale,
      validRange: elevationRange,
    });
    const output = join(context.temporaryDirectory, 'elevation.tif');
    await writeRaster(output, {
      grid: parameters.target,
      bands: [{ data: aligned.data[0]!, nodata: Number.NaN, description: 'elevation', unit: 'm' }],
      codec: 'working',
    });
    return { outputs: { elevation: { path: output, mediaType: 'image/tiff' } }, facts: { valid: aligned.valid } };
  },
};
