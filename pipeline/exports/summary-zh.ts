import { erosionClassesSl190 } from '../../models/parameters/erosion-classes-sl190.ts';
import type { ChangeFacts, RefusalReason, SummaryFacts, TargetFacts } from './summary-facts.ts';

const landAreaSources = { official: '法定面积', pixels: '有效栅格面积', mixed: '法定面积与有效栅格面积合计' } as const;

const models: Readonly<Record<string, string>> = {
  CSLE: '中国土壤流失方程（CSLE）',
  RUSLE: '修正通用土壤流失方程（RUSLE）',
};

/** The facts as a paragraph of a Chinese report. */
export function chineseSummary(facts: SummaryFacts): string {
  const { context, region } = facts;
  const name = region.statistics.name.zh;
  return [
    `${context.year}年度，${name}采用${models[context.model] ?? `${context.model}模型`}开展水土流失动态监测。`,
    areas(facts),
    rate(facts),
    facts.change ? change(facts.change) : '',
    counties(facts),
    coverage(facts),
    context.unverifiedParameters > 0
      ? `本成果使用了${context.unverifiedParameters}项参数待核的取值，上报前应予核实。`
      : '本成果所用参数均有出处，无参数待核项。',
  ].join('');
}

function areas({ region, landAreaSource }: SummaryFacts): string {
  if (!(region.statistics.landArea > 0)) return '区域内无有效栅格，未得到侵蚀强度。';
  const classes = erosionClassesSl190
    .slice(1)
    .map(({ code, name }) => `${name.zh}${region.classAreas[code]} km²${bracket(region.classShares[code])}`);
  const share = region.erodedShare === undefined ? '' : `，占土地总面积的${region.erodedShare}%`;
  const land = `土地总面积${region.landArea} km²（${landAreaSources[landAreaSource]}），其中水土流失面积${region.erodedArea} km²${share}`;
  const micro = `微度侵蚀面积${region.classAreas[1]} km²，不计入水土流失面积。`;
  if (Number(region.erodedArea) === 0) return `${land}；${micro}`;
  return `${land}。按侵蚀强度分，${classes.join('、')}（括号内为占水土流失面积的比例）；${micro}`;
}

const bracket = (share: string | undefined): string => (share === undefined ? '' : `（${share}%）`);

function rate({ region, landAreaSource, target, refusal }: SummaryFacts): string {
  if (refusal !== undefined) return `水土保持率无法计算：${reason(refusal)}。`;
  const land = `土地总面积${region.landArea} km²（${landAreaSources[landAreaSource]}，含水域和建设用地）`;
  return `以${land}为分母，水土保持率为${region.conservationRate}%${target ? `，${against(target)}` : ''}。`;
}

function against({ target, met, points, gapArea }: TargetFacts): string {
  const verdict = met ? '达到目标' : `未达到目标，尚需减少水土流失面积${gapArea} km²`;
  if (points === undefined) return `与目标值${target}%相差不足0.01个百分点，按未取整数值判断${verdict}`;
  if (points === '0.00') return `与目标值${target}%相等，${verdict}`;
  return `${met ? '高于' : '低于'}目标值（${target}%）${points}个百分点，${verdict}`;
}

function change({ year, area, rate: points }: ChangeFacts): string {
  const percent = area.percent === undefined ? '' : `，${area.sign < 0 ? '减幅' : '增幅'}${area.percent}%`;
  const areaText = area.sign === 0 ? '持平' : `${area.sign < 0 ? '减少' : '增加'}${area.amount} km²${percent}`;
  const rateText =
    points === undefined
      ? ''
      : `，水土保持率${points.sign === 0 ? '持平' : `${points.sign < 0 ? '下降' : '提高'}${points.points}个百分点`}`;
  return `与${year}年度相比，水土流失面积${areaText}${rateText}。`;
}

function counties({ counties: zones, countyName, extremes, refused }: SummaryFacts): string {
  const parts: string[] = [];
  if (extremes)
    parts.push(
      `${zones.length}个${countyName.zh}中，水土保持率最高的为${extremes.highest.statistics.name.zh}（${extremes.highest.conservationRate}%），` +
        `最低的为${extremes.lowest.statistics.name.zh}（${extremes.lowest.conservationRate}%）。`,
    );
  if (refused.length > 0)
    parts.push(
      `水土保持率无法计算的${countyName.zh}：${refused.map(({ zone, reason: why }) => `${zone.statistics.name.zh}（${reason(why)}）`).join('、')}。`,
    );
  return parts.join('');
}

function coverage({ region, uncoveredPercent, outsideGridPercent }: SummaryFacts): string {
  const outside = outsideGridPercent === undefined ? '' : `，栅格面积比法定面积小${outsideGridPercent}%`;
  const remark = region.statistics.coverage === 'warn' ? '，成果供参考' : '';
  return `未覆盖面积${region.uncoveredArea} km²（占栅格面积的${uncoveredPercent}%）${outside}${remark}。`;
}

function reason(why: RefusalReason): string {
  if (why.kind === 'empty') return '无有效栅格';
  const gap = why.kind === 'uncovered' ? '未覆盖比例' : '栅格面积比法定面积小';
  return `${gap}${why.percent}%，超过${why.limit}%`;
}
