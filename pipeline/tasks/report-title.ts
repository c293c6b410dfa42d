import type { Text } from '../messages/text.ts';
import type { RegionParameters } from './report-parameters.ts';

const subjects = {
  workbook: { zh: '水土流失动态监测', en: 'annual soil-erosion monitoring' },
  chart: { zh: '水土流失面积与水土保持率', en: 'eroded area and conservation rate' },
  map: { zh: '土壤侵蚀强度分布图', en: 'soil-erosion intensity' },
} as const;

/** Title of what is handed in: region, year and subject. */
export const reportTitle = ({ region, year }: RegionParameters, subject: keyof typeof subjects): Text => ({
  zh: `${region.zh}${year}年度${subjects[subject].zh}`,
  en: `${region.en} ${year}: ${subjects[subject].en}`,
});
