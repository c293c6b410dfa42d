import { causeCode, type NodataCauseId } from '../../models/erosion/nodata-cause.ts';
import type { CellFactorMethod } from '../../models/factors/factor-method.ts';
import { factorMethod } from '../../models/factors/registry.ts';
import { numberedEntries, type ValuesByCode, valuesOfClasses } from './code-values.ts';
import { readCover } from './cover-rows.ts';
import type { RusleParameters } from './erosion-parameters.ts';
import type { PracticePart, PracticePlace } from './practice-reader.ts';

type Fill = (place: PracticePlace, out: Float32Array) => void;

/** C and P. */
export function rusleParts({ coverManagement, supportPractice }: RusleParameters): PracticePart[] {
  const part = (symbol: string, id: NodataCauseId, parameters: unknown, fill: () => Fill): PracticePart => ({
    symbol,
    key: JSON.stringify([symbol, parameters]),
    followsCover: false,
    polygons: undefined,
    reader: () => {
      const read = fill();
      return (place, values) => (read(place, values), { values, cause: causeCode[id] });
    },
  });
  return [
    part('C', 'cover-practice', coverManagement, () => coverManagementReader(coverManagement)),
    part('P', 'support-practice', supportPractice, () => supportPracticeReader(supportPractice)),
  ];
}

function coverManagementReader(parameters: RusleParameters['coverManagement']): Fill {
  if (parameters.kind === 'raster') return rasterReader('coverManagement');
  if (parameters.kind === 'land-use') return landUseValues(parameters.values);
  const method = factorMethod('coverManagement', parameters.method) as CellFactorMethod;
  return (place, out) => coverManagementFromCover(method, parameters.cover, place, out);
}

/** C by a method on the mean of the year, or of July, of cover in percent or of NDVI itself. */
function coverManagementFromCover(
  method: CellFactorMethod,
  cover: Extract<RusleParameters['coverManagement'], { kind: 'cover' }>['cover'],
  place: PracticePlace,
  out: Float32Array,
): void {
  const [reads] = method.inputs;
  const fromNdvi = reads!.name === 'ndvi';
  const halfMonths = fromNdvi
    ? place.strip.layers.get('cover')!.read(place.first, place.count)
    : readCover(cover, 'cover', place);
  const bands = reads!.name === 'julyCoverPercent' ? halfMonths.slice(12, 14) : halfMonths;
  for (let cell = 0; cell < out.length; cell++) {
    let sum = 0;
    for (const band of bands) sum += band[cell]!;
    const mean = sum / bands.length;
    out[cell] = method.evaluate(fromNdvi ? mean : mean * 100);
  }
}

function supportPracticeReader(parameters: RusleParameters['supportPractice']): Fill {
  if (parameters.kind === 'raster') return rasterReader('supportPractice');
  if (parameters.kind === 'land-use') return landUseValues(parameters.values);
  if (parameters.kind === 'one') return (_place, out) => void out.fill(1);
  const { evaluate } = factorMethod('supportPractice', parameters.method) as CellFactorMethod;
  return ({ layers }, out) => {
    for (let cell = 0; cell < out.length; cell++) out[cell] = evaluate(layers.slopeDegrees[cell]);
  };
}

const rasterReader =
  (name: string): Fill =>
  ({ strip, first, count }, out) =>
    strip.layers.get(name)!.readInto(first, count, out);

function landUseValues(table: ValuesByCode): Fill {
  const lookUp = valuesOfClasses(numberedEntries(table), Number.NaN, Number.NaN);
  return ({ layers }, out) => {
    for (let cell = 0; cell < out.length; cell++) out[cell] = lookUp(layers.landUse[cell]!);
  };
}
