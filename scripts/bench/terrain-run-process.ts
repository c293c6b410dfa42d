/** Makes elevation tiles, runs the terrain tasks of a plan over them in this process and prints what it took, as JSON. */
import { mkdirSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type GridSpec, windowGrid } from '../../models/grid/grid-spec.ts';
import { tileFrames, tileLayout } from '../../models/grid/tile-layout.ts';
import { createRaster, writeRaster } from '../../pipeline/formats/raster-write.ts';
import { planTerrain } from '../../pipeline/plan/plan-terrain.ts';
import type { PlannedTask, TaskOutputReference } from '../../pipeline/tasks/task.ts';
import { terrainHandlers } from '../../pipeline/tasks/terrain/handlers.ts';
import { decode, encodeBands, holdBands } from './gdal-floor.ts';
import { benchTerrain } from './terrain-chain.ts';
import { countryElevation } from './terrain-elevation.ts';

export interface TerrainRunMeasures {
  readonly seconds: number;
  /** GDAL decoding the elevation and encoding the results, once each. */
  readonly floorSeconds: number;
  readonly peakMegabytes: number;
}

const tileSize = 512;
const [side, directory] = [Number(process.argv[2]), process.argv[3]!];
const grid: GridSpec = {
  crs: 'EPSG:4544',
  cellSizeMetres: 10,
  originX: 400_000,
  originY: 3_800_000,
  width: side,
  height: side,
};
const frames = tileFrames(tileLayout(side, side, tileSize));
const fileOf = ({ task, output }: TaskOutputReference): string =>
  join(directory, `${task}-${output}`.replaceAll('/', '-'));
const elevationOf = (id: string): TaskOutputReference => ({ task: `elevation/${id}`, output: 'raster' });

const layout = { grid, codec: 'working' } as const;
const whole = createRaster(join(directory, 'elevation.tif'), layout, 'Float32', [{ nodata: Number.NaN }]);
for (const frame of frames) {
  const data = countryElevation('hills', frame);
  await whole.write(1, frame, data);
  const bands = [{ data, nodata: Number.NaN }];
  await writeRaster(fileOf(elevationOf(frame.id)), { grid: windowGrid(grid, frame), bands, codec: 'working' });
}
whole.close();

const handlers = new Map(terrainHandlers.map((handler) => [handler.kind, handler]));
const temporaryDirectory = join(directory, 'temporary');
mkdirSync(temporaryDirectory);

async function perform({ id, kind, parameters, inputs }: PlannedTask): Promise<void> {
  const handler = handlers.get(kind)!;
  const pathOf = (name: string): string => fileOf(inputs[name] as TaskOutputReference);
  const digests = Object.fromEntries(Object.keys(inputs).map((name) => [name, { digest: name }]));
  const { outputs } = await handler.run(
    { key: id, id, kind, version: handler.version, parameters, inputs: digests },
    {
      temporaryDirectory,
      inputPath: async (name) => pathOf(name),
      inputBytes: async (name) => new Uint8Array(await readFile(pathOf(name))),
      signal: new AbortController().signal,
    },
  );
  for (const [output, made] of Object.entries(outputs)) {
    if ('path' in made) await rename(made.path, fileOf({ task: id, output }));
    else await writeFile(fileOf({ task: id, output }), made.bytes);
  }
}

const cpuSeconds = async (work: () => Promise<void> | void): Promise<number> => {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
};

const seconds = await cpuSeconds(async () => {
  for (const task of planTerrain(grid, tileSize, benchTerrain, elevationOf)) await perform(task);
});
const peakMegabytes = process.resourceUsage().maxRSS / 1024;
const results = frames.map(({ id }) => holdBands(fileOf({ task: `terrain/factors/${id}`, output: 'terrain' })));
const floorSeconds = await cpuSeconds(() => {
  for (const { id } of frames) decode(fileOf(elevationOf(id)));
  for (const bands of results) encodeBands(join(temporaryDirectory, 'floor.tif'), bands);
});
const measures: TerrainRunMeasures = { seconds, floorSeconds, peakMegabytes };
console.log(JSON.stringify(measures));
