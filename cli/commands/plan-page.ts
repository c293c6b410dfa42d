import { type GridSpec, gridExtent } from '../../models/grid/grid-spec.ts';
import type { LoadedRun } from '../../pipeline/inputs/run-file.ts';
import type { Language } from '../../pipeline/messages/text.ts';
import type { AnnualPlan } from '../../pipeline/plan/annual-run.ts';
import type { RunEstimate } from '../../pipeline/plan/estimate.ts';
import { annualTileSizeOf, tileSizeOf } from '../../pipeline/plan/tile-size.ts';
import type { PlanSurvey } from '../../pipeline/tasks/survey-plan.ts';
import { padded } from '../text-columns.ts';

/** Names of the kinds of task, as the plan page and the progress show them. */
export const kindNames: Readonly<Record<string, { zh: string; en: string }>> = {
  'align-elevation': { zh: '高程对齐、填洼', en: 'elevation onto the grid, depressions' },
  'fill-reduce': { zh: '填洼（跨块合并）', en: 'depressions across tiles' },
  'flow-tile': { zh: '流向', en: 'flow direction' },
  'flow-reduce': { zh: '平地流向（跨块合并）', en: 'flats across tiles' },
  'path-tile': { zh: '汇流与坡长', en: 'flow paths and slope length' },
  'accumulation-reduce': { zh: '汇流累积（跨块合并）', en: 'flow accumulation across tiles' },
  'slope-length-reduce': { zh: '坡长（跨块合并）', en: 'slope length across tiles' },
  'terrain-tile': { zh: '坡度坡长因子', en: 'slope and length factors' },
  'erosivity-raster': { zh: '降雨侵蚀力', en: 'rainfall erosivity' },
  'erosivity-stations': { zh: '降雨侵蚀力（站点）', en: 'rainfall erosivity (stations)' },
  'rasterize-polygons': { zh: '矢量栅格化', en: 'polygons to cells' },
  'zone-raster': { zh: '分区栅格对齐', en: 'zones onto the grid' },
  'erosion-tile': { zh: '侵蚀计算', en: 'erosion tiles' },
  'merge-statistics': { zh: '统计汇总', en: 'statistics' },
  'edge-contamination': { zh: '边缘污染统计', en: 'edge contamination' },
  'pyramid-block': { zh: '成果金字塔', en: 'overviews of result rasters' },
  'deliver-raster': { zh: '成果栅格', en: 'result rasters' },
  report: { zh: '统计表与摘要', en: 'tables and summary' },
  'report-chart': { zh: '统计图', en: 'chart' },
  'report-map': { zh: '强度图', en: 'map' },
  'compare-scenarios': { zh: '情景对比', en: 'scenarios compared' },
  'change-tile': { zh: '两年比较', en: 'change between years' },
  'patch-reduce': { zh: '图斑（跨块合并）', en: 'patches across tiles' },
  'patch-tile': { zh: '图斑统计', en: 'patch figures' },
  'patch-merge': { zh: '图斑成面', en: 'patch outlines' },
  'change-merge': { zh: '消长汇总', en: 'change tables' },
};

const megabytes = (bytes: number): string =>
  bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.ceil(bytes / 1e6)} MB`;

/** Seconds as a person says them. */
export function duration(seconds: number, language: Language): string {
  if (seconds < 90) return language === 'zh' ? `${Math.ceil(seconds)} 秒` : `${Math.ceil(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return language === 'zh' ? `${minutes} 分钟` : `${minutes} min`;
  return language === 'zh' ? `${(minutes / 60).toFixed(1)} 小时` : `${(minutes / 60).toFixed(1)} h`;
}

/** What a run would do, as one page of text. */
export function planPage(
  loaded: LoadedRun,
  { grid, tiles, settings, scenarios }: AnnualPlan,
  survey: PlanSurvey,
  estimate: RunEstimate,
  language: Language,
): string {
  const { run } = loaded;
  const zh = language === 'zh';
  const lines = [
    `${run.name}  ${run.year}  ${run.model}`,
    '',
    zh
      ? `网格      ${grid.crs}，${grid.cellSizeMetres} m，${grid.width} × ${grid.height} 格`
      : `grid      ${grid.crs}, ${grid.cellSizeMetres} m, ${grid.width} × ${grid.height} cells`,
    `${zh ? '范围      ' : 'extent    '}${extentText(grid)}`,
    tilesLine(tiles.length, annualTileSizeOf(loaded, grid), tileSizeOf(loaded, grid), zh),
    ...scenarios.map(({ id, name, practice }) => {
      const own = Object.values(practice.inputs).filter((input) => input.includes('@'));
      const layers = own.map((input) => input.slice(0, input.indexOf('@'))).join(zh ? '、' : ', ');
      const detail = layers === '' ? '' : zh ? `（自有数据：${layers}）` : ` (layers of its own: ${layers})`;
      return `${zh ? '情景      ' : 'scenario  '}${id}  ${name[language]}${detail}`;
    }),
    '',
    padded([
      zh ? ['任务', '  待做', '  已有', '  合计'] : ['tasks', ' to do', 'stored', ' total'],
      ...taskRows(survey, language),
    ]),
  ];
  const left = survey.counts.ready + survey.counts.waiting;
  lines.push(
    '',
    zh
      ? `估算      每进程内存 ${megabytes(estimate.peakBytesPerProcess)} × ${estimate.processes} 进程，磁盘 ${megabytes(estimate.diskBytes)}，约 ${duration(left === 0 ? 1 : estimate.seconds, language)}`
      : `estimate  memory ${megabytes(estimate.peakBytesPerProcess)} × ${estimate.processes} processes, disk ${megabytes(estimate.diskBytes)}, about ${duration(left === 0 ? 1 : estimate.seconds, language)}`,
  );
  if (settings.unverified.length > 0) {
    lines.push('', zh ? '参数待核（若数据中出现）：' : 'parameters to be verified, where the data have them:');
    for (const { factor, code, value, ...name } of settings.unverified)
      lines.push(`  ${factor} ${code} ${name[language]} = ${value}`);
  }
  return lines.join('\n');
}

/** Tiles of the annual pass; those of the terrain may be larger. */
function tilesLine(count: number, side: number, terrainSide: number, zh: boolean): string {
  const terrain = zh ? `，地形 ${terrainSide} 格` : `, ${terrainSide} for the terrain`;
  return `${zh ? `分块      ${count} 块，边长 ${side} 格` : `tiles     ${count} of ${side} cells`}${side === terrainSide ? '' : terrain}`;
}

/** Where the grid lies, as `explain --at` takes places in it. */
function extentText(grid: GridSpec): string {
  const { west, east, south, north } = gridExtent(grid);
  return `x ${west} … ${east}, y ${south} … ${north}`;
}

/** Tasks to do, stored and in all, for each kind. */
const taskRows = ({ countsByKind }: PlanSurvey, language: Language): string[][] =>
  Object.entries(countsByKind).map(([kind, { ready, waiting, done, total }]) => [
    kindNames[kind]?.[language] ?? kind,
    ...[ready + waiting, done, total].map((figure) => String(figure).padStart(6)),
  ]);
