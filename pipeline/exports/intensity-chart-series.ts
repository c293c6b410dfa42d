import { erosionClassesSl190 } from '../../models/parameters/erosion-classes-sl190.ts';
import type { Language } from '../messages/text.ts';
import type { PrintedZone } from './printed-zones.ts';
import { printable } from './svg-text.ts';

/** Words of the chart beside names and numbers. */
export const chartWords = {
  zh: {
    area: '水土流失面积（km²）',
    rate: '水土保持率（%）',
    shown: '水土保持率',
    target: '目标值',
    refused: '无法计算',
  },
  en: {
    area: 'Eroded area (km²)',
    rate: 'Conservation rate (%)',
    shown: 'conservation rate',
    target: 'target',
    refused: 'not given',
  },
} as const;

/** Pixels of a zone's row: its height, bar and dot, and the size of its text. */
export interface RowLayout {
  readonly height: number;
  readonly fontSize: number;
  readonly bar: number;
  readonly symbol: number;
}

/** What the series of the chart are drawn from. */
export interface ChartRows {
  readonly region: PrintedZone | undefined;
  readonly rows: readonly PrintedZone[];
  readonly layout: RowLayout;
  readonly language: Language;
}

export const textColour = '#222222';
export const erodedClasses = erosionClassesSl190.slice(1);
const rateColour = '#1b6e4a';
const targetColour = '#444444';
const ratePanel = { type: 'scatter', xAxisIndex: 1, yAxisIndex: 1 } as const;

/** Digits of a row to the right of its mark. */
const rowText = ({ rows, layout }: ChartRows, distance: number, textOf: (row: PrintedZone) => string) => ({
  show: true,
  position: 'right' as const,
  distance,
  fontSize: layout.fontSize,
  color: textColour,
  formatter: ({ dataIndex }: { dataIndex: number }) => textOf(rows[dataIndex]),
});

/** Stacked bars of the five classes, and the printed eroded area at the end of each. */
export function areaSeries(chart: ChartRows) {
  const { rows, layout, language } = chart;
  const bars = erodedClasses.map(({ code, name, colour }) => ({
    type: 'bar' as const,
    name: name[language],
    stack: 'area',
    barWidth: layout.bar,
    itemStyle: { color: colour, borderColor: '#777777', borderWidth: 0.6 },
    data: rows.map(({ classAreas }) => Number(classAreas[code])),
  }));
  const totals = {
    type: 'bar' as const,
    stack: 'area',
    data: rows.map(() => 0),
    label: rowText(chart, 5, ({ erodedArea }) => erodedArea),
  };
  return [...bars, totals];
}

/** Targets as ticks, rates as dots, their digits in a column to the right, and the region's rate as a line through all rows. */
export function rateSeries(chart: ChartRows) {
  const { region, rows, layout, language } = chart;
  const word = chartWords[language];
  const regionLine = {
    symbol: 'none',
    silent: true,
    lineStyle: { color: rateColour, type: 'dashed' as const, width: 1.5 },
    label: {
      position: 'start' as const,
      fontSize: 15,
      color: rateColour,
      formatter: region ? `${printable(region.statistics.name[language])} ${region.conservationRate}%` : '',
    },
    data: [{ xAxis: Number(region?.conservationRate) }],
  };
  const targets = {
    ...ratePanel,
    name: word.target,
    symbol: 'rect',
    symbolSize: [4, layout.bar],
    itemStyle: { color: targetColour, opacity: 1 },
    data: rows.flatMap(({ statistics: { target } }, row) => (target ? [[target.targetPercent, row]] : [])),
  };
  const rates = {
    ...ratePanel,
    name: word.shown,
    symbolSize: layout.symbol,
    itemStyle: { color: rateColour, opacity: 1 },
    data: rows.flatMap(({ conservationRate: rate }, row) => (rate === undefined ? [] : [[Number(rate), row]])),
    ...(region?.conservationRate === undefined ? {} : { markLine: regionLine }),
  };
  const digits = {
    ...ratePanel,
    symbolSize: 0,
    silent: true,
    itemStyle: { opacity: 1 },
    data: rows.map((_, row) => [100, row]),
    label: rowText(chart, 14, ({ conservationRate }) => conservationRate ?? word.refused),
  };
  return [targets, rates, digits];
}
