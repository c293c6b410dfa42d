import type { Text } from '../../messages/text.ts';
import type { RunFile } from '../run-file-schema.ts';
import { coverManagementSource, lengthMethod, soilMethod, supportPracticeSource } from './method-choice.ts';
import { settingError, type WrittenRun, written } from './written-run.ts';

/** Why a setting changes nothing in a run; undefined where it counts. */
type Idle = (run: RunFile) => Text | undefined;

const because = (idle: boolean, zh: string, en: string): Text | undefined => (idle ? { zh, en } : undefined);

const csleOnly: Idle = ({ model }) => because(model !== 'CSLE', '模型不是 CSLE', 'the model is not CSLE');
const rusleOnly: Idle = ({ model }) => because(model !== 'RUSLE', '模型不是 RUSLE', 'the model is not RUSLE');

const seasonalOnly: Idle = (run) =>
  csleOnly(run) ??
  because(
    run.methods.biologicalPractice !== 'half-month',
    'methods.biologicalPractice 为 constants',
    'methods.biologicalPractice is constants',
  );

const cover: Idle = (run) =>
  run.model === 'CSLE'
    ? seasonalOnly(run)
    : because(
        coverManagementSource(run) !== 'cover',
        'C 因子已由 inputs.coverManagement 或 parameters.coverManagement 给出',
        'C comes from inputs.coverManagement or parameters.coverManagement',
      );

const endMember: Idle = (run) =>
  because(run.inputs.vegetationCover?.content !== 'ndvi', 'content 不是 ndvi', 'content is not ndvi') ??
  because(run.methods.coverManagement === 'van-der-knijff2000', '该方法直接使用 NDVI', 'the method reads NDVI itself');

const rainMethod: Idle = ({ inputs }) =>
  because(inputs.rain.kind === 'erosivity-raster', '降雨侵蚀力已由栅格给出', 'erosivity is given as a raster');

const soilReads =
  (...names: readonly string[]): Idle =>
  (run) => {
    if (run.inputs.soil.kind !== 'texture-rasters') return undefined;
    const method = soilMethod(run);
    return because(
      !method.inputs.some(({ name }) => names.includes(name)),
      `方法“${method.id}”不使用它`,
      `method “${method.id}” does not read it`,
    );
  };

const lengthTraced: Idle = (run) =>
  because(
    lengthMethod(run).inputs[0]?.name === 'inletAreaSquareMetres',
    `方法“${lengthMethod(run).id}”按汇水面积而不是坡长计算`,
    `method “${lengthMethod(run).id}” goes by upslope area, not by slope length`,
  );

const rules: readonly (readonly [path: string, idle: Idle])[] = [
  ['inputs.vegetationCover', cover],
  ['inputs.vegetationCover.ndviSoil', endMember],
  ['inputs.vegetationCover.ndviVegetation', endMember],
  ['inputs.understoreyCover', seasonalOnly],
  ['inputs.engineeringMeasures', csleOnly],
  ['inputs.rotationZones', csleOnly],
  ['inputs.coverManagement', rusleOnly],
  ['inputs.supportPractice', rusleOnly],
  [
    'inputs.rain.band',
    ({ inputs: { rain } }) =>
      because(
        rain.kind === 'erosivity-raster' && rain.bands === 'half-month',
        'bands: half-month 使用全部 24 个波段',
        'bands: half-month takes all 24 bands',
      ),
  ],
  ['inputs.soil.structure', soilReads('structureClass')],
  ['inputs.soil.permeability', soilReads('permeabilityClass')],
  ['inputs.soil.organicCarbon', soilReads('organicCarbon', 'organicMatter')],
  [
    'inputs.soil.organicMatter',
    (run) =>
      because(
        run.inputs.soil.kind === 'texture-rasters' && run.inputs.soil.organicCarbon !== undefined,
        '已给出 organicCarbon',
        'organicCarbon is given',
      ) ?? soilReads('organicCarbon', 'organicMatter')(run),
  ],
  ['methods.rainfallErosivity', rainMethod],
  ['methods.erosivityMode', rainMethod],
  [
    'methods.soilErodibility',
    ({ inputs }) =>
      because(
        inputs.soil.kind !== 'texture-rasters',
        'K 因子已由 inputs.soil 直接给出',
        'K is given directly by inputs.soil',
      ),
  ],
  ['methods.biologicalPractice', csleOnly],
  [
    'methods.coverManagement',
    (run) =>
      rusleOnly(run) ?? because(coverManagementSource(run) !== 'cover', 'C 因子已另行给出', 'C is given otherwise'),
  ],
  [
    'methods.supportPractice',
    (run) =>
      rusleOnly(run) ??
      because(supportPracticeSource(run) === 'raster', 'P 因子已由栅格给出', 'P is given as a raster'),
  ],
  ['methods.slopeLength.variant', lengthTraced],
  ['methods.slopeLength.cutOffGentle', lengthTraced],
  ['methods.slopeLength.cutOffSteep', lengthTraced],
  ['methods.slopeLength.channelThresholdSquareKilometres', lengthTraced],
  ['methods.slopeLength.maxSlopeLengthMetres', lengthTraced],
  [
    'methods.slopeLength.rillSusceptibility',
    (run) => {
      const { defaults } = lengthMethod(run) as { defaults: { exponent?: string } };
      return because(
        (run.methods.slopeLength.exponent ?? defaults.exponent) !== 'mccool1989',
        '坡长指数不是 mccool1989',
        'the exponent is not mccool1989',
      );
    },
  ],
  ['parameters.biologicalPractice', csleOnly],
  [
    'parameters.engineeringPractice',
    (run) =>
      csleOnly(run) ??
      because(
        !run.inputs.engineeringMeasures,
        '没有 inputs.engineeringMeasures',
        'there are no inputs.engineeringMeasures',
      ),
  ],
  [
    'parameters.tillagePractice',
    (run) =>
      csleOnly(run) ??
      because(!run.inputs.rotationZones, '没有 inputs.rotationZones', 'there are no inputs.rotationZones'),
  ],
  [
    'parameters.assumeTillageOne',
    (run) =>
      csleOnly(run) ??
      because(run.inputs.rotationZones !== undefined, '已给出 inputs.rotationZones', 'inputs.rotationZones are given'),
  ],
  [
    'parameters.understoreyCover',
    (run) =>
      seasonalOnly(run) ??
      because(
        run.inputs.understoreyCover !== undefined,
        '已给出 inputs.understoreyCover',
        'inputs.understoreyCover is given',
      ),
  ],
  [
    'parameters.coverManagement',
    (run) =>
      rusleOnly(run) ??
      because(run.inputs.coverManagement !== undefined, 'C 因子已由栅格给出', 'C is given as a raster'),
  ],
  [
    'parameters.supportPractice',
    (run) =>
      rusleOnly(run) ?? because(supportPracticeSource(run) !== 'land-use', 'P 因子已另行给出', 'P is given otherwise'),
  ],
];

const csleFactors = ['B', 'E', 'T'];
const rusleFactors = ['C', 'P'];

/** Every setting that is written counts: one that would change nothing is more likely a slip than a wish. */
export function refuseIdleSettings(run: WrittenRun): void {
  for (const [path, idle] of rules) {
    const keys = path.split('.');
    const value = written(run, keys);
    if (value === undefined || value === null || isEmpty(value)) continue;
    const reason = idle(run.run);
    if (reason) throw idleError(run, keys, reason);
  }
  for (const list of ['factors', 'terrain', 'tables'] as const)
    run.run.outputs[list].forEach((name: string, at, names: readonly string[]) => {
      if (names.indexOf(name) < at)
        throw idleError(run, ['outputs', list, at], { zh: `“${name}”已列出`, en: `“${name}” is listed already` });
    });
  const foreign = run.run.model === 'CSLE' ? rusleFactors : csleFactors;
  run.run.outputs.factors.forEach((symbol, at) => {
    if (foreign.includes(symbol))
      throw idleError(run, ['outputs', 'factors', at], {
        zh: `模型 ${run.run.model} 没有因子 ${symbol}`,
        en: `model ${run.run.model} has no factor ${symbol}`,
      });
  });
}

const isEmpty = (value: unknown): boolean => typeof value === 'object' && Object.keys(value as object).length === 0;

function idleError(run: WrittenRun, path: readonly (string | number)[], reason: Text) {
  return settingError(
    run,
    'setting-idle',
    path,
    { zh: '不起作用', en: 'has no effect' },
    { zh: `原因：${reason.zh}`, en: reason.en },
    { zh: '请删除，或改正与之相关的设置', en: 'remove it, or correct what it goes with' },
  );
}
