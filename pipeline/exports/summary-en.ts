import { erosionClassesSl190 } from '../../models/parameters/erosion-classes-sl190.ts';
import type { ChangeFacts, RefusalReason, SummaryFacts, TargetFacts } from './summary-facts.ts';

const landAreaSources = {
  official: 'official area',
  pixels: 'area of valid cells',
  mixed: 'official area, valid cells where there is none',
} as const;

/** The facts as a paragraph of an English report. */
export function englishSummary(facts: SummaryFacts): string {
  const { context, region } = facts;
  const { name } = region.statistics;
  const unverified = context.unverifiedParameters;
  return [
    `Soil erosion of ${name.en} in ${context.year} was computed with the ${context.model} model.`,
    areas(facts),
    rate(facts),
    ...(facts.change ? [change(facts.change)] : []),
    ...counties(facts),
    coverage(facts),
    unverified > 0
      ? `${unverified} parameter value${unverified === 1 ? '' : 's'} in use still ${unverified === 1 ? 'has' : 'have'} to be verified (参数待核).`
      : 'No parameter value in use is marked as to be verified.',
  ].join(' ');
}

function areas({ region, landAreaSource }: SummaryFacts): string {
  if (!(region.statistics.landArea > 0)) return 'No cell of the region is valid, so there is no intensity.';
  const classes = erosionClassesSl190
    .slice(1)
    .map(({ code, name }) => `${name.en} ${region.classAreas[code]} km²${bracket(region.classShares[code])}`);
  const share = region.erodedShare === undefined ? '' : `, ${region.erodedShare}% of it,`;
  const land = `Of a land area of ${region.landArea} km² (${landAreaSources[landAreaSource]}), ${region.erodedArea} km²${share} are eroded`;
  const micro = `micro erosion on ${region.classAreas[1]} km² is not counted as eroded.`;
  if (Number(region.erodedArea) === 0) return `${land}; ${micro}`;
  return `${land}: ${classes.join(', ')} (shares of the eroded area); ${micro}`;
}

const bracket = (share: string | undefined): string => (share === undefined ? '' : ` (${share}%)`);

function rate({ region, landAreaSource, target, refusal }: SummaryFacts): string {
  if (refusal !== undefined) return `The conservation rate cannot be given: ${reason(refusal)}.`;
  const denominator = `of a land area of ${region.landArea} km², ${landAreaSources[landAreaSource]}, with water and built-up land`;
  return `The conservation rate is ${region.conservationRate}% (${denominator})${target ? `, ${against(target)}` : ''}.`;
}

function against({ target, met, points, gapArea }: TargetFacts): string {
  const verdict = met ? 'which meets it' : `which misses it by ${gapArea} km² of eroded area`;
  if (points === undefined)
    return `less than 0.01 percentage points from the target of ${target}%, ${verdict} unrounded`;
  if (points === '0.00') return `equal to the target of ${target}%, ${verdict}`;
  return `${points} percentage points ${met ? 'above' : 'below'} the target of ${target}%, ${verdict}`;
}

function change({ year, area, rate: points }: ChangeFacts): string {
  const percent = area.percent === undefined ? '' : ` (${area.percent}%)`;
  const areaText =
    area.sign === 0 ? 'is unchanged' : `${area.sign < 0 ? 'fell' : 'rose'} by ${area.amount} km²${percent}`;
  const rateText =
    points === undefined
      ? ''
      : points.sign === 0
        ? ' and the conservation rate is unchanged'
        : ` and the conservation rate ${points.sign < 0 ? 'fell' : 'rose'} by ${points.points} percentage points`;
  return `Compared with ${year}, the eroded area ${areaText}${rateText}.`;
}

function counties({ counties: zones, countyName, extremes, refused }: SummaryFacts): string[] {
  const parts: string[] = [];
  if (extremes)
    parts.push(
      `Among ${zones.length} zones (${countyName.en}), ${extremes.highest.statistics.name.en} has the highest rate (${extremes.highest.conservationRate}%) ` +
        `and ${extremes.lowest.statistics.name.en} the lowest (${extremes.lowest.conservationRate}%).`,
    );
  if (refused.length > 0)
    parts.push(
      `No rate can be given for ${refused.map(({ zone, reason: why }) => `${zone.statistics.name.en} (${reason(why)})`).join(', ')}.`,
    );
  return parts;
}

function coverage({ region, uncoveredPercent, outsideGridPercent }: SummaryFacts): string {
  const outside =
    outsideGridPercent === undefined ? '' : `, and the cells fall ${outsideGridPercent}% short of the official area`;
  const remark = region.statistics.coverage === 'warn' ? '; use with care' : '';
  return `Not covered: ${region.uncoveredArea} km² (${uncoveredPercent}% of the cells)${outside}${remark}.`;
}

function reason(why: RefusalReason): string {
  if (why.kind === 'empty') return 'no valid cells';
  const gap = why.kind === 'uncovered' ? 'uncovered' : 'of the official area outside the grid';
  return `${why.percent}% ${gap}, over the limit of ${why.limit}%`;
}
