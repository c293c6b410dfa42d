import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseDocument } from 'yaml';
import { generateRegion } from '../../data-samples/generate-region.ts';
import { detectionRules2024 } from '../../models/disturbance/rules/detection-2024.ts';
import { type LoadedRun, loadRunFile } from '../../pipeline/inputs/run-file.ts';
import { type ChangePlan, planChangeRun } from '../../pipeline/plan/change-run.ts';
import { DirectoryStore } from '../../pipeline/store/directory-store.ts';
import { type ChangeCounts, decodeChangeCounts } from '../../pipeline/tasks/change/change-counts.ts';
import type { DetectedPatches } from '../../pipeline/tasks/change/patch-merge.ts';
import { taskHandlers } from '../../pipeline/tasks/registry.ts';
import { runPlan } from '../support/run-plan.ts';

const samples = join(dirname(fileURLToPath(import.meta.url)), '../../data-samples');

/** Two years of a small edition of the sample region, compared. */
export interface SamplePair {
  readonly directory: string;
  readonly runs: readonly [LoadedRun, LoadedRun];
  readonly planned: ChangePlan;
  readonly patches: DetectedPatches;
  /** Bytes of the patches, for comparison. */
  readonly patchBytes: Buffer;
  readonly changes: ChangeCounts;
  path(name: string): string;
  remove(): void;
}

/** A folder with a generated region of the smallest size that has room for every planted story. */
export async function sampleRegion(size = 640): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'shuibao-pair-'));
  await generateRegion(join(directory, 'region'), size);
  return directory;
}

/** Run file of a year in the folder of a region. */
export async function sampleRun(directory: string, year: number, tileSize: number): Promise<LoadedRun> {
  const document = parseDocument(readFileSync(join(samples, `${year}.yaml`), 'utf8'));
  document.set('workspace', 'work');
  document.set('results', `results-${year}`);
  document.setIn(['grid', 'tileSize'], tileSize);
  document.setIn(['outputs', 'map'], false);
  document.setIn(['outputs', 'chart'], false);
  const path = join(directory, `${year}-${tileSize}.yaml`);
  writeFileSync(path, String(document));
  return loadRunFile(path);
}

/** Runs both years and their comparison in this process. */
export async function samplePair(directory: string, tileSize: number): Promise<SamplePair> {
  const runs = [await sampleRun(directory, 2023, tileSize), await sampleRun(directory, 2024, tileSize)] as const;
  const planned = await planChangeRun(runs, detectionRules2024, join(directory, 'digests'));
  const store = new DirectoryStore(join(directory, 'store'), { durable: false });
  const { records } = await runPlan(planned.plan, taskHandlers, store);
  const bytes = async (task: string, output: string) =>
    Buffer.from(await store.readBytes(records.get(task)!.outputs[output]!.digest));
  const patchBytes = await bytes('patches', 'patches');
  return {
    directory,
    runs,
    planned,
    patches: JSON.parse(patchBytes.toString()) as DetectedPatches,
    patchBytes,
    changes: decodeChangeCounts(await bytes('changes', 'changes')),
    path: (name) => join(directory, 'region', name),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
