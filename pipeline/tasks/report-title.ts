import type { Text } from '../messages/text.ts';
import type { RegionParameters } from './report-parameters.ts';

const subjects = {
  workbook: { zh: '水土流失动态监测', en: 'annual soil-erosion monitoring' },
  comparison: { zh: '水土流失情景对比', en: 'soil erosion by scenario' },
  chart: { zh: '水土流失面积与水土保持率', en: 'eroded area and conservation rate' },
  map: { zh: '土壤侵蚀强度分布图', en: 'soil-erosion intensity' },
} as const;

/** Title of what is handed in: region, year and subject, and the scenario where it is of one. */
export const reportTitle = ({ region, year, edition }: RegionParameters, subject: keyof typeof subjects): Text => ({
  zh: `${region.zh}${year}年度${subjects[subject].zh}${edition === null ? '' : `（情景：${edition.name.zh}）`}`,
  en: `${region.en} ${year}: ${subjects[subject].en}${edition === null ? '' : `, scenario ${edition.name.en}`}`,
});

/** End of the names of files: the year, after the scenario where they are of one. */
export const fileEdition = ({ year, edition }: RegionParameters): string =>
  edition === null ? String(year) : `${edition.id}_${year}`;
