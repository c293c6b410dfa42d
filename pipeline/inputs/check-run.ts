import type { Finding } from '../messages/finding.ts';
import { UserError } from '../messages/user-error.ts';
import { type CheckResult, checkInputs } from './check-inputs.ts';
import { declaredInputs } from './declared-inputs.ts';
import type { LoadedRun } from './run-file.ts';
import { readLandAreas, readRateTargets, type ZoneAttributes } from './zone-attributes.ts';

/**
 * Inspects every input of a run file, the official tables against its zones.
 * @param cacheDirectory where descriptions of unchanged files are remembered; without it every file is looked at
 * @param onInspection called whenever a file is about to be looked at
 */
export async function checkRun(
  loaded: LoadedRun,
  cacheDirectory?: string,
  onInspection?: () => void,
): Promise<CheckResult> {
  const { inputs, context } = declaredInputs(loaded);
  const { landAreas, targets } = loaded.run.statistics;
  const findings: Finding[] = [];
  const areas = await tableOr(findings, 'landAreas', () =>
    landAreas ? readLandAreas(loaded.resolve(landAreas.file), landAreas.file) : undefined,
  );
  const rates = await tableOr(findings, 'targets', () =>
    targets ? readRateTargets(loaded.resolve(targets), targets, loaded.run.year) : undefined,
  );
  const result = await checkInputs(inputs, {
    ...context,
    officialCounties: {
      ...(areas === undefined ? {} : { landAreas: new Set(areas.byCode.keys()) }),
      ...(rates === undefined ? {} : { targets: new Set(rates.byCode.keys()) }),
    },
    ...(cacheDirectory === undefined ? {} : { cacheDirectory }),
    ...(onInspection === undefined ? {} : { onInspection }),
  });
  return { ...result, findings: [...findings, ...result.findings] };
}

/** A table, or undefined with what is wrong with it among the findings; the inspection finds a missing or empty file. */
async function tableOr(
  findings: Finding[],
  layer: string,
  read: () => Promise<ZoneAttributes> | undefined,
): Promise<ZoneAttributes | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof UserError && error.finding.code !== 'file-empty') findings.push({ ...error.finding, layer });
    return undefined;
  }
}
