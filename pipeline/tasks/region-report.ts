import type { Cube } from '../../models/statistics/cube.ts';
import { type Report, reportTables } from '../../models/statistics/tables/report-tables.ts';
import type { ZoneSet } from '../../models/statistics/zones.ts';
import type { ZoneAttributes } from '../inputs/zone-attributes.ts';
import { userError } from '../messages/user-error.ts';
import type { CodeEntry } from './code-tiles.ts';
import type { RegionParameters } from './report-parameters.ts';

export interface RegionFiguresInput {
  readonly cube: Cube;
  /** Zones of each set, in the order of the run file. */
  readonly tables: readonly (readonly CodeEntry[])[];
  readonly landAreas: ZoneAttributes | undefined;
  readonly targets: ZoneAttributes | undefined;
  /** Name of the file of land areas, for messages. */
  readonly landAreasShown: string;
}

/**
 * All tables of a run.
 * @throws UserError when an official area is smaller than the eroded area found
 */
export function regionReport(parameters: RegionParameters, input: RegionFiguresInput): Report {
  const zoneSets = parameters.zoneSets.map((set, at): ZoneSet => {
    const official = at === 0;
    return { ...set, zones: input.tables[at]!.map((entry) => zone(entry, official ? input : undefined)) };
  });
  const regionTarget = input.targets?.region;
  try {
    return reportTables(input.cube, {
      cellSizeMetres: parameters.grid.cellSizeMetres,
      zoneSets,
      regionName: parameters.region,
      ...(regionTarget === undefined ? {} : { regionTargetRatePercent: regionTarget }),
      landAreaRule: parameters.landAreaRule,
      administrativeLevels: parameters.administrativeLevels,
    });
  } catch (error) {
    if (!(error instanceof RangeError) || input.landAreas === undefined) throw error;
    throw userError(
      'land-area-too-small',
      input.landAreasShown,
      { zh: `控制面积与计算结果矛盾（${error.message}）`, en: `a land area contradicts the result (${error.message})` },
      { zh: '土地总面积不应小于水土流失面积', en: 'a land area cannot be smaller than the eroded area' },
      { zh: '请核对面积及其单位（km²）', en: 'check the area and its unit (km²)' },
    );
  }
}

function zone({ index, code, name }: CodeEntry, official: RegionFiguresInput | undefined): ZoneSet['zones'][number] {
  const area = official?.landAreas?.byCode.get(code);
  const target = official?.targets?.byCode.get(code);
  return {
    index,
    code,
    name: { zh: name, en: name },
    ...(area === undefined ? {} : { officialAreaSquareKilometres: area }),
    ...(target === undefined ? {} : { targetRatePercent: target }),
  };
}
