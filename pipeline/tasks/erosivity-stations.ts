import { join } from 'node:path';
import { daysInYear } from '../../models/factors/rain-calendar.ts';
import { factorMethod } from '../../models/factors/registry.ts';
import { type GridSpec, gridExtent, snapGrid } from '../../models/grid/grid-spec.ts';
import { coordinateTransform } from '../formats/crs.ts';
import { writeRaster } from '../formats/raster-write.ts';
import { userError } from '../messages/user-error.ts';
import { pointErosivity } from './point-erosivity.ts';
import { openSource, type SourceFile } from './source-file.ts';
import { readStationPlaces, readStationRain } from './station-rain.ts';
import type { TaskHandler } from './task.ts';

export interface ErosivityStationsParameters {
  readonly method: string;
  readonly years: readonly number[];
  readonly scale: number;
  readonly encoding: string;
  readonly cellSizeMetres: number;
  readonly grid: GridSpec;
}

/**
 * Rainfall erosivity at stations, spread over the run's extent by inverse distance squared (Shepard 1968), for each of the
 * 24 half-months. A station whose half-month has too many missing days takes no part in that half-month.
 *
 * Output `erosivity`: float32, 24 bands, MJ·mm·hm⁻²·h⁻¹·a⁻¹, on cells of the size the run file names.
 */
export const erosivityStations: TaskHandler = {
  kind: 'erosivity-stations',
  version: 1,
  readsWhole: true,
  async run(task, context) {
    const parameters = task.parameters as unknown as ErosivityStationsParameters;
    const { years, grid } = parameters;
    const rainFile = (task.inputs.rain!.source as unknown as SourceFile).shown;
    const placesFile = (task.inputs.stations!.source as unknown as SourceFile).shown;
    const rain = await readStationRain(
      await openSource(task.inputs.rain!),
      rainFile,
      parameters.encoding,
      years,
      parameters.scale,
    );
    const places = new Map(
      (await readStationPlaces(await openSource(task.inputs.stations!), placesFile)).map((place) => [
        place.station,
        place,
      ]),
    );
    const evaluate = pointErosivity(
      'daily',
      factorMethod('rainfallErosivity', parameters.method),
      years.map((year) => ({ year, bands: daysInYear(year), shown: rainFile })),
    );
    const project = coordinateTransform('EPSG:4326', grid.crs);
    const stations = rain.map(({ station, series }) => {
      const place = places.get(station);
      if (!place || !Number.isFinite(place.longitude) || !Number.isFinite(place.latitude))
        throw userError(
          'station-unplaced',
          placesFile,
          { zh: `没有站点 ${station} 的经纬度`, en: `no longitude and latitude for station ${station}` },
          { zh: '雨量表中的每个站点都应有位置', en: 'expected a place for every station of the rain table' },
          { zh: '请补充该站', en: 'add the station' },
        );
      const [x, y] = project.point(place.longitude, place.latitude);
      return { x, y, halfMonth: Float64Array.from(evaluate(series)) };
    });

    const { west, south, east, north } = gridExtent(grid);
    const margin = parameters.cellSizeMetres;
    const target = snapGrid(grid.crs, parameters.cellSizeMetres, {
      west: west - margin,
      south: south - margin,
      east: east + margin,
      north: north + margin,
    });
    const bands = Array.from({ length: 24 }, (_, k) => ({
      data: inverseDistance(
        target,
        stations.map(({ x, y, halfMonth }) => ({ x, y, value: halfMonth[k]! })),
      ),
      nodata: Number.NaN,
      unit: 'MJ·mm·hm⁻²·h⁻¹·a⁻¹',
    }));
    const path = join(context.temporaryDirectory, 'erosivity.tif');
    await writeRaster(path, { grid: target, bands, codec: 'working' });
    return { outputs: { erosivity: { path, mediaType: 'image/tiff' } }, facts: { stations: stations.length } };
  },
};

interface Known {
  readonly x: number;
  readonly y: number;
  readonly value: number;
}

/** Weighted mean of the stations at each cell centre, weights 1/d²; a station within a metre decides alone. */
function inverseDistance(grid: GridSpec, stations: readonly Known[]): Float32Array {
  const known = stations.filter(({ value }) => !Number.isNaN(value));
  const out = new Float32Array(grid.width * grid.height).fill(Number.NaN);
  for (let row = 0, cell = 0; row < grid.height; row++) {
    const y = grid.originY - (row + 0.5) * grid.cellSizeMetres;
    for (let column = 0; column < grid.width; column++, cell++) {
      const x = grid.originX + (column + 0.5) * grid.cellSizeMetres;
      let weights = 0;
      let sum = 0;
      for (const station of known) {
        const weight = 1 / Math.max(1, (station.x - x) ** 2 + (station.y - y) ** 2);
        weights += weight;
        sum += weight * station.value;
      }
      if (weights > 0) out[cell] = sum / weights;
    }
  }
  return out;
}
