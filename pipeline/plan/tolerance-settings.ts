import type { CodedRow } from '../../models/parameters/confidence.ts';
import { toleranceByConservationZone, toleranceByErosionRegion } from '../../models/parameters/tolerable-soil-loss.ts';
import type { LoadedRun } from '../inputs/run-file.ts';
import { didYouMean } from '../messages/closest-name.ts';
import { userError } from '../messages/user-error.ts';
import type { LayerParameters } from '../tasks/erosion-parameters.ts';
import { layerParameters, layerRange } from './layer-parameters.ts';

/** Tolerable soil loss of a run: a raster, or one value for the whole area. */
export interface ToleranceSettings {
  readonly tolerance: LayerParameters | null;
  /** t·km⁻²·a⁻¹; 0 where there is a raster. */
  readonly toleranceConstant: number;
}

/** Regions by code; those of the classification standard go before the zones of the same code. */
export const toleranceRegions: ReadonlyMap<string, CodedRow<number>> = new Map(
  [...toleranceByConservationZone, ...toleranceByErosionRegion].map((row) => [row.code, row]),
);

/**
 * Where the limit between 微度 and 轻度 lies. It decides every eroded area, so a run must say it in exactly one way.
 * @throws UserError unless one of inputs.tolerance, classes.tolerance and classes.toleranceRegion is given
 */
export function toleranceSettings({ path, run }: LoadedRun): ToleranceSettings {
  const { tolerance, toleranceRegion } = run.classes;
  const given = [run.inputs.tolerance, tolerance, toleranceRegion].filter((each) => each !== undefined).length;
  if (given !== 1)
    throw userError(
      'tolerance-undecided',
      path,
      given === 0
        ? { zh: '没有给出容许土壤流失量', en: 'no tolerable soil loss is given' }
        : { zh: '容许土壤流失量给出了多次', en: 'the tolerable soil loss is given more than once' },
      {
        zh: 'inputs.tolerance、classes.tolerance、classes.toleranceRegion 三者取一',
        en: 'expected one of inputs.tolerance, classes.tolerance, classes.toleranceRegion',
      },
      { zh: '例如 classes.toleranceRegion: xibei-huangtu', en: 'for example classes.toleranceRegion: xibei-huangtu' },
    );
  if (run.inputs.tolerance)
    return { tolerance: layerParameters(run.inputs.tolerance, layerRange.tolerance), toleranceConstant: 0 };
  if (tolerance !== undefined) return { tolerance: null, toleranceConstant: tolerance };
  const region = toleranceRegions.get(toleranceRegion!);
  if (!region) throw regionUnknown(path, toleranceRegion!);
  return { tolerance: null, toleranceConstant: region.value! };
}

function regionUnknown(path: string, written: string) {
  const known = [...toleranceRegions.values()];
  return userError(
    'tolerance-region-unknown',
    path,
    { zh: `classes.toleranceRegion 为“${written}”`, en: `classes.toleranceRegion is “${written}”` },
    {
      zh: `应为 ${known.map(({ code, name }) => `${code}（${name.zh}）`).join('、')}`,
      en: `expected one of ${known.map(({ code, name }) => `${code} (${name.en})`).join(', ')}`,
    },
    didYouMean(written, [...toleranceRegions.keys()]) ?? { zh: '请改正运行文件', en: 'correct the run file' },
  );
}
