import { BarChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkLineComponent, TitleComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { Language, Text } from '../messages/text.ts';
import { figureFontFamily } from './fonts.ts';
import {
  areaSeries,
  chartWords,
  erodedClasses,
  type RowLayout,
  rateSeries,
  textColour,
} from './intensity-chart-series.ts';
import { svgToPng } from './png-figure.ts';
import type { PrintedZone } from './printed-zones.ts';
import { printable } from './svg-text.ts';
import { approximateTextWidth } from './text-width.ts';

use([BarChart, ScatterChart, GridComponent, LegendComponent, MarkLineComponent, TitleComponent, SVGRenderer]);

export interface IntensityChart {
  /** Such as 安澜市2023年度各县区水土流失面积与水土保持率. */
  readonly title: Text;
  /** Region first, then its counties, as `printedZones` gives them. */
  readonly zones: readonly PrintedZone[];
}

const width = 1600;
const gridColour = '#e2e2e2';

/** How high the row of a zone is and how large its text, so that 150 zones still fit on a page one can read. */
function rowLayout(count: number): RowLayout {
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
  const chartRows = { region, rows, layout, language };
  const [top, bottom] = [150, 80];
  const height = top + Math.max(2, rows.length) * layout.height + bottom;
  const names = rows.map(({ statistics }) => printable(statistics.name[language]));
  const longest = Math.max(0, ...names.map((name) => approximateTextWidth(name, layout.fontSize)));
  const left = Math.min(320, Math.max(90, longest + 30));
  const rateLeft = 1150;
  const text = { fontSize: layout.fontSize, color: textColour };
  const axisText = { fontSize: 16, color: textColour };
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
  const word = chartWords[language];
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
      text: printable(title[language]),
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
    series: [...areaSeries(chartRows), ...rateSeries(chartRows)],
  } as Parameters<typeof chart.setOption>[0]);
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

/** The chart of {@link intensityChartSvg} as a PNG 1600 pixels wide. */
export const intensityChart = (chart: IntensityChart, language: Language = 'zh'): Promise<Uint8Array> =>
  svgToPng(intensityChartSvg(chart, language));
