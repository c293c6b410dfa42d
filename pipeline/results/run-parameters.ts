import { biologicalPracticeConstants } from '../../models/parameters/biological-practice.ts';
import type { CodedRow } from '../../models/parameters/confidence.ts';
import { engineeringMeasures } from '../../models/parameters/engineering-measures.ts';
import { rotationZones, tillageMeasures } from '../../models/parameters/tillage-measures.ts';
import type { ManifestParameter } from '../exports/manifest.ts';
import type { LoadedRun } from '../inputs/run-file.ts';
import { terrainSettings } from '../plan/terrain-settings.ts';
import { toleranceRegions } from '../plan/tolerance-settings.ts';
import { isUsed, type UsedCodes } from '../tasks/used-parameters.ts';

const ownSource = '运行文件 run file';

/** Values of official tables, and the run file's own in their place, that take part in a result. */
export function runParameters(loaded: LoadedRun, used: UsedCodes): ManifestParameter[] {
  const { run } = loaded;
  const { parameters, classes } = run;
  const list = terrainParameters(loaded);
  if (run.model === 'CSLE') {
    list.push(...table('B', biologicalPracticeConstants, parameters.biologicalPractice, used));
    list.push(...table('E', engineeringMeasures, parameters.engineeringPractice, used));
    list.push(...table('T', [...rotationZones, ...tillageMeasures], parameters.tillagePractice, used));
  } else {
    list.push(...own('C', parameters.coverManagement), ...own('P', parameters.supportPractice));
  }
  const region = toleranceRegions.get(classes.toleranceRegion ?? '');
  if (region) list.push({ ...fact('tolerance', region), id: `tolerance/${region.code}`, unit: 't·km⁻²·a⁻¹' });
  else if (classes.tolerance !== undefined)
    list.push({
      ...stated('tolerance', 'constant', classes.tolerance),
      unit: 't·km⁻²·a⁻¹',
    });
  return list;
}

function table(
  factor: string,
  rows: readonly CodedRow<number, string | number>[],
  values: Readonly<Record<string, number>>,
  used: UsedCodes,
): ManifestParameter[] {
  const official = rows
    .filter(({ code, value }) => value !== null && values[code] === undefined && isUsed(used, factor, String(code)))
    .map((row) => fact(factor, row));
  return [...official, ...own(factor, values)];
}

const fact = (factor: string, row: CodedRow<number, string | number>): ManifestParameter => ({
  id: `${factor}/${row.code}`,
  name: row.name,
  value: row.value,
  unit: '1',
  source: row.source,
  confidence: row.confidence,
});

const own = (factor: string, values: Readonly<Record<string, number>>): ManifestParameter[] =>
  Object.entries(values).map(([code, value]) => stated(factor, code, value));

const stated = (factor: string, code: string, value: number): ManifestParameter => ({
  id: `${factor}/${code}`,
  name: { zh: code, en: code },
  value,
  unit: '1',
  source: ownSource,
  confidence: 'design',
});

/** Settings of slope steepness and slope length, whose defaults are this program's choice. */
function terrainParameters(loaded: LoadedRun): ManifestParameter[] {
  const { steepness, length, ...flow } = terrainSettings(loaded);
  const units: Readonly<Record<string, string>> = { channelAreaSquareMetres: 'm²', maxSlopeLengthMetres: 'm' };
  const group = (factor: string, settings: Readonly<Record<string, unknown>>) =>
    Object.entries(settings)
      .filter((entry): entry is [string, string | number] => entry[1] !== null)
      .map(
        ([name, value]): ManifestParameter => ({
          id: `${factor}/${name}`,
          name: { zh: name, en: name },
          value,
          unit: units[name] ?? '1',
          source: 'docs/decisions/0001',
          confidence: 'design',
        }),
      );
  return [...group('S', steepness.settings), ...group('L', { ...length.settings, ...flow })];
}
