import { join } from 'node:path';
import { factorMethod } from '../../models/factors/registry.ts';
import { type OpenRaster, openRaster } from '../formats/raster-read.ts';
import { createRaster } from '../formats/raster-write.ts';
import { userError } from '../messages/user-error.ts';
import { halfMonthCount, pointErosivity, type RainKind } from './point-erosivity.ts';
import { openSource, type SourceFile } from './source-file.ts';
import type { TaskHandler } from './task.ts';

export interface ErosivityRasterParameters {
  readonly kind: RainKind;
  readonly method: string;
  /** Year of each input `rain0`, `rain1`, … */
  readonly years: readonly number[];
  /** Millimetres per stored unit. */
  readonly scale: number;
  /** Nodata of each input, where the run file states it. */
  readonly nodata: readonly (number | null)[];
  readonly crs: string | null;
}

/** Cells of rain held in memory at once: bands × years × cells × 4 bytes stays below some 200 MB for ten years of days. */
const cellsPerChunk = 1 << 13;

/**
 * Rainfall erosivity on the cells of the rain rasters, before any resampling: the daily threshold makes erosivity of
 * averaged rain smaller than the average of erosivity.
 *
 * Output `erosivity`: float32, MJ·mm·hm⁻²·h⁻¹·a⁻¹; 24 half-month bands where the rain allows them, else one annual band.
 */
export const erosivityRaster: TaskHandler = {
  kind: 'erosivity-raster',
  version: 2,
  async run(task, context) {
    const parameters = task.parameters as unknown as ErosivityRasterParameters;
    const names = parameters.years.map((_, index) => `rain${index}`);
    const rasters: OpenRaster[] = [];
    try {
      for (const name of names) rasters.push(openRaster(await openSource(task.inputs[name]!)));
      const shown = (index: number) => (task.inputs[names[index]!]!.source as unknown as SourceFile).shown;
      const [first] = rasters as [OpenRaster];
      for (const [index, raster] of rasters.entries())
        if (
          raster.width !== first.width ||
          raster.height !== first.height ||
          String(raster.geotransform) !== String(first.geotransform)
        )
          throw userError(
            'rain-grids-differ',
            shown(index),
            { zh: '与其他年份的降雨栅格不一致', en: 'its grid differs from that of the other years' },
            { zh: '各年降雨栅格的行列数与位置相同', en: 'expected one grid for all years of rain' },
            { zh: '请重采样到同一网格', en: 'resample all years to one grid' },
          );
      if (first.geotransform === null)
        throw userError('raster-unplaced', shown(0), { zh: '没有地理位置', en: 'has no position on the ground' });

      const evaluate = pointErosivity(
        parameters.kind,
        factorMethod('rainfallErosivity', parameters.method),
        rasters.map((raster, index) => ({
          year: parameters.years[index]!,
          bands: raster.bands.length,
          shown: shown(index),
        })),
      );
      const bandCount = halfMonthCount(parameters.kind);
      const path = join(context.temporaryDirectory, 'erosivity.tif');
      const writer = createRaster(
        path,
        {
          grid: {
            crs: parameters.crs ?? first.crs,
            geotransform: first.geotransform,
            width: first.width,
            height: first.height,
          },
          codec: 'working',
        },
        'Float32',
        Array.from({ length: bandCount }, () => ({ nodata: Number.NaN, unit: 'MJ·mm·hm⁻²·h⁻¹·a⁻¹' })),
      );
      const rowsPerChunk = Math.max(1, Math.floor(cellsPerChunk / first.width));
      const values = rasters.reduce((sum, raster) => sum + raster.bands.length, 0);
      for (let y0 = 0; y0 < first.height; y0 += rowsPerChunk) {
        const window = { x0: 0, y0, width: first.width, height: Math.min(rowsPerChunk, first.height - y0) };
        const cells = window.width * window.height;
        const series = new Float32Array(cells * values);
        let at = 0;
        for (const [index, raster] of rasters.entries())
          for (const { band } of raster.bands) {
            const nodata = parameters.nodata[index] ?? null;
            const rain = await raster.readValues(band, window, {
              ...(nodata === null ? {} : { nodata }),
              applyFileScale: true,
            });
            for (let cell = 0; cell < cells; cell++) series[cell * values + at] = rain[cell]! * parameters.scale;
            at++;
          }
        const out = Array.from({ length: bandCount }, () => new Float32Array(cells));
        for (let cell = 0; cell < cells; cell++) {
          const erosivity = evaluate(series.subarray(cell * values, (cell + 1) * values));
          for (let band = 0; band < bandCount; band++) out[band]![cell] = erosivity[band]!;
        }
        for (let band = 0; band < bandCount; band++) await writer.write(band + 1, window, out[band]!);
      }
      writer.close();
      return { outputs: { erosivity: { path, mediaType: 'image/tiff' } } };
    } finally {
      for (const raster of rasters) raster.close();
    }
  },
};
