import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { closeIdleRasters } from '../../pipeline/formats/raster-pool.ts';
import type { Codec } from '../../pipeline/formats/raster-write.ts';
import { erosionTile } from '../../pipeline/tasks/erosion-tile.ts';
import type { JsonValue, TaskContext, TaskResult } from '../../pipeline/tasks/task.ts';
import { type AnnualCase, annualCases } from './annual-cases.ts';
import { writeAnnualInputs } from './annual-inputs.ts';
import { cpuSecondsInTurns } from './cpu.ts';
import { decode, encode, hold } from './gdal-floor.ts';
import type { Bench } from './result.ts';

const repetitions = 9;

/** The annual pass of a tile, against GDAL decoding the same inputs and encoding the same outputs and nothing else. */
export const annualPass: Bench = async (directory) => {
  await writeAnnualInputs(directory);
  const output = join(directory, 'output');
  await mkdir(output, { recursive: true });
  const results = [];
  for (const each of annualCases)
    for (const codec of ['working', 'deliverable'] as const) {
      const run = () => runTile(each, codec, directory, output);
      const { outputs } = await run();
      const written = Object.values(outputs).flatMap((result) => ('path' in result ? [hold(result.path)] : []));
      const inputs = [...new Set(Object.values(each.files))].map((name) => join(directory, `${name}.tif`));
      const [pass, floor] = await cpuSecondsInTurns(repetitions, [
        async () => void (await run()),
        () => {
          for (const path of inputs) decode(path);
          for (const file of written) encode(join(output, 'floor.tif'), file, codec);
        },
      ]);
      const { width, height } = each.parameters.window;
      const target = codec === 'working' ? each.target : each.deliverableTarget;
      results.push({
        name: `${each.name}; ${codec === 'working' ? 'Zstandard 1' : 'DEFLATE 6'}`,
        cells: width * height,
        seconds: pass!,
        against: 'GDAL decoding and encoding',
        againstSeconds: floor!,
        ...(target === undefined ? {} : { target }),
      });
    }
  return results;
};

function runTile(
  { parameters: ofCase, files }: AnnualCase,
  codec: Codec,
  directory: string,
  output: string,
): Promise<TaskResult> {
  const parameters = { ...ofCase, codec };
  // A raster that stays open keeps its decoded blocks, which the next tile of a run has no use for.
  closeIdleRasters();
  const inputs = Object.fromEntries(Object.keys(files).map((name) => [name, { digest: name }]));
  const context: TaskContext = {
    temporaryDirectory: output,
    inputPath: async (name) => join(directory, `${files[name]!}.tif`),
    inputBytes: async () => new Uint8Array(),
    signal: new AbortController().signal,
  };
  const { kind, version } = erosionTile;
  const task = { key: 'bench', id: 'erosion/bench', kind, version, parameters: parameters as unknown as JsonValue };
  return erosionTile.run({ ...task, inputs }, context);
}
