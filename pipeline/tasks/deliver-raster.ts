import { join } from 'node:path';
import { assembleCog } from '../formats/cog.ts';
import type { BandDescription } from '../formats/raster-write.ts';
import type { TaskHandler } from './task.ts';

export interface DeliverRasterParameters {
  readonly band: BandDescription;
  /** NaN cannot stand in a plan, so float layers say it by name. */
  readonly nodataIsNaN: boolean;
  readonly overviews: 'mode' | 'average' | 'nearest';
  readonly metadata: Readonly<Record<string, string>>;
}

/** Joins the tiles of a layer into one Cloud-Optimized GeoTIFF that says what it holds. */
export const deliverRaster: TaskHandler = {
  kind: 'deliver-raster',
  version: 1,
  async run(task, context) {
    const parameters = task.parameters as unknown as DeliverRasterParameters;
    const tiles: string[] = [];
    for (const name of Object.keys(task.inputs).sort()) tiles.push(await context.inputPath(name));
    const path = join(context.temporaryDirectory, 'layer.tif');
    const band = parameters.nodataIsNaN ? { ...parameters.band, nodata: Number.NaN } : parameters.band;
    await assembleCog(path, tiles, { overviews: parameters.overviews, band, metadata: parameters.metadata });
    return { outputs: { raster: { path, mediaType: 'image/tiff; application=geotiff; profile=cloud-optimized' } } };
  },
};
