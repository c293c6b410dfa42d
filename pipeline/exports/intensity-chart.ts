import { BarChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkLineComponent, TitleComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { erosionClassesSl190 } from '../../models/parameters/erosion-classes-sl190.ts';
import type { Language, Text } from '../messages/text.ts';
import { figureFontFamily } from './fonts.ts';
import { svgToPng } from './png-figure.ts';
import type { PrintedZone } from './printed-zones.ts';
import { approximateTextWidth } from './text-width.ts';

use([BarChart, ScatterChart, GridComponent, LegendComponent, MarkLineComponent, TitleComponent, SVGRenderer]);

export interface IntensityChart {
  /** Such as 安澜市2023年度各县区水土流失面积与水土保持率. */
  readonly title: Text;
  /** Region first, then its counties, as `printedZones` gives them. */
  readonly zones: readonly PrintedZone[];
}

const words = {
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

const width = 1600;
const erodedClasses = erosionClassesSl190.slice(1);
const rateColour = '#1b6e4a';
const targetColour = '#444444';
const gridColour = '#e2e2e2';

/** How high the row of a zone is and how large its text, so that 150 zones still fit on a page one can read. */
function rowLayout(count: number): { height: number; fontSize: number; bar: number; symbol: number } {
  if (count <= 15) return { height: 52, fontSize: 18, bar: 28, symbol: 14 };
  if (count <= 40) return { height: 32, fontSize: 16, bar: 20, symbol: 11 };
  return { height: 20, fontSize: 13, bar: 13, symbol: 8 };
}

/**
 * Bars of eroded area per county, stacked by intensity class (微度 left out), beside their conservation rates and targets; drawn
 * by ECharts as SVG. Numbers are those of table 1, rows are in its order. Zones without an own row of table 1 are not drawn.
 */
export function intensityChartSvg({ title, zones }: IntensityChart, language: Language): string {
  const region = zones.find(({ statistics }) => statistics.level === 0);
  const rows = zones.filter(({ statistics }) => statistics.level === 1);
  const layout = rowLayout(rows.length);
  const [top, bottom] = [150, 80];
  const height = top + Math.max(2, rows.length) * layout.height + bottom;
  const names = rows.map(({ statistics }) => statistics.name[language]);
  const longest = Math.max(0, ...names.map((name) => approximateTextWidth(name, layout.fontSize)));
  const left = Math.min(320, Math.max(90, longest + 30));
  const rateLeft = 1150;
  const text = { fontSize: layout.fontSize, color: '#222222' };
  const axisText = { fontSize: 16, color: '#222222' };
  const categories = {
    type: 'category' as const,
    inverse: true,
    data: names,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: '#888888' } },
  };
  const valueAxis = {
    type: 'value' as const,
    nameLocation: 'middle' as const,
    nameGap: 38,
    axisLabel: { fontSize: 14, color: '#444444', formatter: String },
  };
  const splitLine = { lineStyle: { color: gridColour } };
  const word = words[language];
  const rates = rows.flatMap(({ conservationRate, statistics }) =>
    conservationRate === undefined
      ? []
      : [Number(conservationRate), ...(statistics.target ? [statistics.target.targetPercent] : [])],
  );
  const hasTargets = rows.some(({ statistics }) => statistics.target !== undefined);
  const rateFrom = Math.max(0, Math.floor((Math.min(90, ...rates) - 4) / 10) * 10);

  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  chart.setOption({
    animation: false,
    backgroundColor: '#ffffff',
    textStyle: { fontFamily: figureFontFamily },
    title: {
      text: title[language],
      left: 'center',
      top: 24,
      textStyle: { fontSize: 30, fontWeight: 700, color: '#111111' },
    },
    legend: {
      top: 88,
      left: 'center',
      itemGap: 26,
      itemWidth: 24,
      itemHeight: 15,
      textStyle: axisText,
      data: [
        ...erodedClasses.map(({ name }) => ({ name: name[language], icon: 'rect' })),
        { name: word.shown, icon: 'circle' },
        ...(hasTargets ? [{ name: word.target, icon: 'path://M0 0H4V16H0Z' }] : []),
      ],
    },
    grid: [
      { left, top, width: rateLeft - 60 - left - 110, bottom },
      { left: rateLeft, top, right: 110, bottom },
    ],
    xAxis: [
      { ...valueAxis, gridIndex: 0, name: word.area, nameTextStyle: axisText, min: 0, splitLine },
      { ...valueAxis, gridIndex: 1, name: word.rate, nameTextStyle: axisText, min: rateFrom, max: 100, splitLine },
    ],
    yAxis: [
      { ...categories, gridIndex: 0, axisLabel: { ...text, width: left - 24, overflow: 'truncate', interval: 0 } },
      { ...categories, gridIndex: 1, axisLabel: { show: false } },
    ],
    series: [
      ...erodedClasses.map(({ code, name, colour }) => ({
        type: 'bar' as const,
        name: name[language],
        stack: 'area',
        barWidth: layout.bar,
        itemStyle: { color: colour, borderColor: '#777777', borderWidth: 0.6 },
        data: rows.map(({ classAreas }) => Number(classAreas[code])),
      })),
      {
        // Carries the printed eroded area at the end of each bar.
        type: 'bar' as const,
        stack: 'area',
        data: rows.map(() => 0),
        label: {
          ...text,
          show: true,
          position: 'right' as const,
          formatter: ({ dataIndex }: { dataIndex: number }) => rows[dataIndex].erodedArea,
        },
      },
      {
        type: 'scatter' as const,
        name: word.target,
        xAxisIndex: 1,
        yAxisIndex: 1,
        symbol: 'rect',
        symbolSize: [4, layout.bar],
        itemStyle: { color: targetColour, opacity: 1 },
        data: rows.flatMap(({ statistics }, row) =>
          statistics.target ? [[statistics.target.targetPercent, row]] : [],
        ),
      },
      {
        type: 'scatter' as const,
        name: word.shown,
        xAxisIndex: 1,
        yAxisIndex: 1,
        symbolSize: layout.symbol,
        itemStyle: { color: rateColour, opacity: 1 },
        data: rows.flatMap(({ conservationRate }, row) =>
          conservationRate === undefined ? [] : [[Number(conservationRate), row]],
        ),
        ...(region?.conservationRate === undefined
          ? {}
          : {
              markLine: {
                symbol: 'none',
                silent: true,
                lineStyle: { color: rateColour, type: 'dashed' as const, width: 1.5 },
                label: {
                  position: 'start' as const,
                  fontSize: 15,
                  color: rateColour,
                  formatter: `${region.statistics.name[language]} ${region.conservationRate}%`,
                },
                data: [{ xAxis: Number(region.conservationRate) }],
              },
            }),
      },
      {
        // The rates as digits, in a column of their own to the right of the dots.
        type: 'scatter' as const,
        xAxisIndex: 1,
        yAxisIndex: 1,
        symbolSize: 0,
        silent: true,
        itemStyle: { opacity: 1 },
        data: rows.map((_, row) => [100, row]),
        label: {
          ...text,
          show: true,
          position: 'right' as const,
          distance: 14,
          formatter: ({ dataIndex }: { dataIndex: number }) => rows[dataIndex].conservationRate ?? word.refused,
        },
      },
    ],
  } as Parameters<typeof chart.setOption>[0]);
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

/** The chart of {@link intensityChartSvg} as a PNG 1600 pixels wide. */
export const intensityChart = (chart: IntensityChart, language: Language = 'zh'): Uint8Array =>
  svgToPng(intensityChartSvg(chart, language));
