import type { RunFile } from '../run-file-schema.ts';
import { settingError, type WrittenRun } from './written-run.ts';

type Rain = Exclude<RunFile['inputs']['rain'], { kind: 'erosivity-raster' }>;

const givenYears = (rain: Rain): number[] =>
  rain.kind === 'daily-stations' ? rain.years : rain.files.map(({ year }) => year);

/** Whether erosivity is that of the run's year or the mean of several; undefined where it comes as a raster. */
export function erosivityMode({ inputs: { rain }, methods }: RunFile): 'singleYear' | 'multiYearMean' | undefined {
  if (rain.kind === 'erosivity-raster') return undefined;
  return methods.erosivityMode ?? (givenYears(rain).length > 1 ? 'multiYearMean' : 'singleYear');
}

/** Places of the years of rain that a run uses, in the order of the run file. */
export function usedYears(run: RunFile): number[] {
  const { rain } = run.inputs;
  if (rain.kind === 'erosivity-raster') return [];
  const places = givenYears(rain).map((_, index) => index);
  return erosivityMode(run) === 'singleYear' ? places.filter((index) => givenYears(rain)[index] === run.year) : places;
}

/** The years of rain are each given once, and are what the way of averaging asks for. */
export function refuseRainYears(run: WrittenRun): void {
  const { rain } = run.run.inputs;
  if (rain.kind === 'erosivity-raster') return;
  const years = givenYears(rain);
  const path = ['inputs', 'rain', rain.kind === 'daily-stations' ? 'years' : 'files'];
  const twice = years.find((year, index) => years.indexOf(year) !== index);
  if (twice !== undefined)
    throw settingError(
      run,
      'rain-years-repeated',
      path,
      { zh: `中 ${twice} 年出现两次`, en: `names ${twice} twice` },
      { zh: '每年应只给一次', en: 'each year once' },
      { zh: '请删除重复的一项', en: 'remove one of them' },
    );
  if (rain.kind !== 'daily-stations') refuseSystemsOfYears(run, rain.files);
  const mode = erosivityMode(run.run);
  if (mode === 'singleYear' && !years.includes(run.run.year))
    throw settingError(
      run,
      'rain-year-absent',
      path,
      {
        zh: `没有 ${run.run.year} 年（有 ${years.join('、')}）`,
        en: `lacks ${run.run.year} (it has ${years.join(', ')})`,
      },
      { zh: '单年侵蚀力应使用当年降雨', en: 'erosivity of a single year needs the rain of that year' },
      {
        zh: '请补充当年降雨，或设 methods.erosivityMode: multiYearMean',
        en: 'add the rain of that year, or set methods.erosivityMode: multiYearMean',
      },
    );
}

/** One coordinate system for all years: their cells are taken together. */
function refuseSystemsOfYears(run: WrittenRun, files: readonly { readonly crs?: string | undefined }[]): void {
  const at = files.findIndex(({ crs }) => crs !== files[0]!.crs);
  if (at < 0) return;
  throw settingError(
    run,
    'rain-systems-differ',
    ['inputs', 'rain', 'files', at, 'crs'],
    { zh: '与第一年的不同', en: 'differs from that of the first year' },
    { zh: '各年降雨应为同一坐标系', en: 'all years of rain need one coordinate system' },
    { zh: '请改正或先行转换', en: 'correct it, or transform the file first' },
  );
}
