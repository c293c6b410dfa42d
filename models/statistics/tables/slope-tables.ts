import { isCropland } from '../../parameters/land-use-classes.ts';
import { croplandSlopeBands, type SlopeBands, slopingCroplandDegrees } from '../../parameters/slope-bands.ts';
import { type AreaGroup, emptyAreaGroup, groupAreas, type RegionFigures } from '../region-figures.ts';
import { joinCells, textCells } from './area-columns.ts';
import { groupAreaCells, groupAreaColumns } from './land-use-table.ts';
import { type AreaTableRow, sumClassAreas } from './row-areas.ts';
import type { Bilingual, Table } from './table.ts';

/** Rows of report table 5: the region and its slope bands; cells without a slope form a last band. */
export function slopeBandRows(figures: RegionFigures, bands: SlopeBands = croplandSlopeBands): AreaTableRow[] {
  const { cube } = figures;
  const byBand = groupAreas(figures, (row) => cube.slopeBand[row]);
  const rows = bandRows(bands, 1, byBand, { zh: '合计', en: 'total' });
  const none = byBand.get(0);
  if (none !== undefined) rows.push(bandRow(1, 0, { zh: '无坡度', en: 'no slope' }, [none]));
  return [bandRow(0, -1, { zh: '合计', en: 'total' }, [...byBand.values()]), ...rows.slice(1)];
}

/**
 * Cropland as report table 6 divides it: all of it, what is no steeper than the first limit or has no slope, and the rows of the
 * table, {@link slopingCroplandRow} and on: what is steeper (坡耕地), and its slope bands.
 */
export function croplandRows(figures: RegionFigures, bands: SlopeBands = croplandSlopeBands): AreaTableRow[] {
  const { cube } = figures;
  const firstBand = bands.limits.filter((limit) => limit <= slopingCroplandDegrees.value).length + 1;
  const byBand = groupAreas(figures, (row) => (isCropland(cube.landUse[row]) ? cube.slopeBand[row] : undefined));
  const others = [...byBand].filter(([band]) => band < firstBand).map(([, areas]) => areas);
  const sloping = bandRows(bands, firstBand, byBand, { zh: '坡耕地合计', en: 'sloping cropland' });
  return [
    bandRow(0, -1, { zh: '耕地', en: 'cropland' }, [...byBand.values()]),
    bandRow(1, 0, { zh: '其他耕地', en: 'other cropland' }, others),
    ...sloping.map((row) => ({ ...row, parent: row.parent < 0 ? 0 : slopingCroplandRow + row.parent })),
  ];
}

/** Where the rows of report table 6 begin among those of {@link croplandRows}. */
export const slopingCroplandRow = 2;

function bandRows(
  bands: SlopeBands,
  firstBand: number,
  byBand: ReadonlyMap<number, AreaGroup>,
  totalName: Bilingual,
): AreaTableRow[] {
  const numbers = bands.bands.map((_, index) => index + 1).slice(firstBand - 1);
  const groups = numbers.map((band) => byBand.get(band) ?? emptyAreaGroup());
  return [
    bandRow(0, -1, totalName, groups),
    ...numbers.map((band, index) => bandRow(1, 0, bands.bands[band - 1], [groups[index]])),
  ];
}

const bandRow = (level: number, parent: number, name: Bilingual, groups: AreaGroup[]): AreaTableRow => ({
  level,
  parent,
  code: '',
  name: name.zh,
  nameEnglish: name.en,
  classAreas: sumClassAreas(groups),
});

const bandTable = (
  head: Pick<Table, 'id' | 'number' | 'title' | 'notes'>,
  landHeader: Bilingual | undefined,
  rows: readonly AreaTableRow[],
  units: readonly (readonly number[])[],
): Table => ({
  ...head,
  unit: { zh: '单位：km²、%', en: 'Unit: km², %' },
  columns: [
    { id: 'band', header: { zh: '坡度等级', en: 'slope band' }, unit: '' },
    ...groupAreaColumns({ zh: '占该等级面积比例', en: 'share of the band' }, landHeader),
  ],
  rows: rows.map((entry, index) => ({
    level: entry.level,
    ...joinCells(textCells({ zh: entry.name, en: entry.nameEnglish }), groupAreaCells(entry, units[index])),
  })),
});

/** Report table 5, 坡度等级水土流失. */
export function slopeBandTable(rows: readonly AreaTableRow[], units: readonly (readonly number[])[]): Table {
  const title = { zh: '坡度等级水土流失', en: 'Erosion by slope' };
  return bandTable({ id: 'slope-bands', number: '5', title, notes: [upperEdgeNote] }, undefined, rows, units);
}

/** Report table 6, 坡耕地. */
export function slopingCroplandTable(rows: readonly AreaTableRow[], units: readonly (readonly number[])[]): Table {
  const title = { zh: '坡耕地水土流失', en: 'Erosion of sloping cropland' };
  const steep = rows[rows.length - 1];
  const printed = units[units.length - 1].reduce((sum, unit) => sum + unit, 0) / 100;
  const notes: Bilingual[] = [
    upperEdgeNote,
    {
      zh: `坡耕地指坡度大于${slopingCroplandDegrees.value}°的耕地（参数待核，另有大于${slopingCroplandDegrees.alternatives.join('°、')}°的口径）。`,
      en: `Sloping cropland is cropland steeper than ${slopingCroplandDegrees.value}° (parameter to be verified; some texts take ${slopingCroplandDegrees.alternatives.join('°, ')}°).`,
    },
    {
      zh: `其中25°以上陡坡耕地${printed.toFixed(2)} km²（${steep.name}）。`,
      en: `Of it, cropland steeper than 25°: ${printed.toFixed(2)} km² (${steep.nameEnglish}).`,
    },
  ];
  return bandTable(
    { id: 'sloping-cropland', number: '6', title, notes },
    { zh: '耕地面积', en: 'cropland' },
    rows,
    units,
  );
}

const upperEdgeNote: Bilingual = {
  zh: '坡度等级含上限，不含下限。',
  en: 'A slope band includes its upper limit, not its lower one.',
};
