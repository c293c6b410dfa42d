import { engineeringMeasures } from '../../../models/parameters/engineering-measures.ts';
import { landUseClasses } from '../../../models/parameters/land-use-classes.ts';
import { rotationZones, tillageMeasures } from '../../../models/parameters/tillage-measures.ts';
import { closestName } from '../../messages/closest-name.ts';
import { suggestion } from '../run-file-issues.ts';
import { settingError, type WrittenRun } from './written-run.ts';

const landUse = landUseClasses.map(({ code }) => String(code));
const engineering: string[] = engineeringMeasures.map(({ code }) => code);
const tillage: string[] = [...rotationZones, ...tillageMeasures].map(({ code }) => code);

/** Values by code: codes of the tables, or the station's own where those are allowed, and factors of at most 1. */
export function refuseParameterCodes(run: WrittenRun): void {
  const { parameters, inputs } = run.run;
  for (const name of ['biologicalPractice', 'coverManagement', 'supportPractice'] as const)
    refuseOthers(run, ['parameters', name], parameters[name], landUse);
  refuseSlips(run, ['parameters', 'engineeringPractice'], parameters.engineeringPractice, engineering);
  refuseSlips(run, ['parameters', 'tillagePractice'], parameters.tillagePractice, tillage);
  refuseWords(run, ['inputs', 'landUse', 'crosswalk'], inputs.landUse.crosswalk);
  if (inputs.soil.kind === 'erodibility-by-class') refuseWords(run, ['inputs', 'soil', 'values'], inputs.soil.values);
}

type Values = Readonly<Record<string, number>>;

function refuseOthers(run: WrittenRun, path: readonly string[], values: Values, known: readonly string[]): void {
  for (const [code, value] of Object.entries(values)) {
    if (!known.includes(code)) throw unknownCode(run, path, code, known);
    refuseLarge(run, [...path, code], value);
  }
}

/** Own codes are welcome, but not one that is an official code without its zeros or with a letter wrong. */
function refuseSlips(run: WrittenRun, path: readonly string[], values: Values, known: readonly string[]): void {
  for (const [code, value] of Object.entries(values)) {
    refuseLarge(run, [...path, code], value);
    if (known.includes(code)) continue;
    const padded = known.find((each) => each.replace(/^0+/, '') === code.replace(/^0+/, ''));
    if (padded !== undefined)
      throw settingError(
        run,
        'parameter-code-unknown',
        [...path, code],
        { zh: '的代码丢了前导零', en: 'has lost the leading zeros of its code' },
        { zh: `应为 "${padded}"`, en: `expected "${padded}"` },
        { zh: '请把代码写在引号内', en: 'write the code in quotes' },
      );
    const word = /[a-z]/i.test(code) ? closestName(code, known) : undefined;
    if (word !== undefined) throw unknownCode(run, path, code, known);
  }
}

/** Codes of cells are numbers. */
function refuseWords(run: WrittenRun, path: readonly string[], values: Values): void {
  for (const code of Object.keys(values))
    if (!/^\d+$/.test(code))
      throw settingError(
        run,
        'parameter-code-unknown',
        [...path, code],
        { zh: '的代码不是数字', en: 'has a code that is no number' },
        { zh: '应为栅格中的代码', en: 'expected a code of the raster' },
        { zh: '请改正', en: 'correct it' },
      );
}

function refuseLarge(run: WrittenRun, path: readonly string[], value: number): void {
  if (value <= 1) return;
  throw settingError(
    run,
    'parameter-value-large',
    path,
    { zh: `为 ${value}`, en: `is ${value}` },
    { zh: '因子值应在 0 与 1 之间', en: 'a factor lies between 0 and 1' },
    { zh: '请改正', en: 'correct it' },
  );
}

function unknownCode(run: WrittenRun, path: readonly string[], code: string, known: readonly string[]) {
  return settingError(
    run,
    'parameter-code-unknown',
    [...path, code],
    { zh: '的代码不在参数表中', en: 'has a code that is not in the table' },
    { zh: `已知代码：${known.join('、')}`, en: `known codes: ${known.join(', ')}` },
    suggestion(code, known),
  );
}
