import type { GridSpec } from '../../models/grid/grid-spec.ts';
import { erosionClassesSl190, erosionClassesSl190Facts } from '../../models/parameters/erosion-classes-sl190.ts';
import type { Language, Text } from '../messages/text.ts';
import { figureFontFamily } from './fonts.ts';
import { hatchFill, hatchPattern, intensityMapLegend, intensityMapLegendHeight } from './intensity-map-legend.ts';
import { labelPositions } from './label-positions.ts';
import { coordinateFrame, type MapPlace, northArrow, scaleBar } from './map-frame.ts';
import { type PaletteColour, palettePng } from './palette-png.ts';
import { svgToPng } from './png-figure.ts';
import type { PrintedZone } from './printed-zones.ts';
import { round, svgText } from './svg-text.ts';
import { zoneBorders } from './zone-borders.ts';
import { zoneLabels } from './zone-labels.ts';

export interface IntensityMap {
  /** Such as 安澜市2023年度土壤侵蚀强度分布图. */
  readonly title: Text;
  /** Grid of the two rasters below; about 1300 cells on the longer side show all the map can hold. */
  readonly grid: GridSpec;
  /** Intensity class 1–6 per cell, 0 where there is none. */
  readonly classes: ArrayLike<number>;
  /** Zone number per cell, 0 outside the region. */
  readonly zones: ArrayLike<number>;
  readonly zoneNames: ReadonlyMap<number, Text>;
  /** What a zone is called, such as 县区. */
  readonly zoneName: Text;
  /** The region's row of table 1, quoted in the legend. */
  readonly region: PrintedZone;
  readonly model: string;
  /** Cell size of the computation, metres. */
  readonly cellSizeMetres: number;
  /** Name of the coordinate system, where its code says too little. */
  readonly crsName?: string;
}

/** Width of the map page in pixels. */
export const mapPageWidth = 1800;
const margin = { left: 100, right: 40, top: 110, bottom: 100 };
const panel = 400;
const gap = 36;
const roomWidth = mapPageWidth - margin.left - margin.right - panel - gap;
/** North arrow and scale bar above and below the legend. */
const leastRoomHeight = intensityMapLegendHeight + 110 + 90;
const mostRoomHeight = 1700;

const outsideIndex = 0;
const uncoveredIndex = 7;

const rgba = (colour: string): PaletteColour => {
  const value = Number.parseInt(colour.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255, 255];
};

// Cells without a class are left open, so that the hatching under the picture shows.
const palette: readonly PaletteColour[] = [
  [255, 255, 255, 255],
  ...erosionClassesSl190.map(({ colour }) => rgba(colour)),
  [255, 255, 255, 0],
];

/** Where the raster comes to lie on the page: as large as fits, centred in the room left of the legend. */
export function mapPlace(grid: GridSpec): MapPlace & { readonly pageHeight: number } {
  const roomHeight = Math.min(mostRoomHeight, Math.max(leastRoomHeight, (roomWidth / grid.width) * grid.height));
  const scale = Math.min(roomWidth / grid.width, roomHeight / grid.height);
  const [width, height] = [grid.width * scale, grid.height * scale];
  const x = margin.left + (roomWidth - width) / 2;
  const y = margin.top + (roomHeight - height) / 2;
  return { x, y, scale, width, height, pageHeight: Math.ceil(margin.top + roomHeight + margin.bottom) };
}

/**
 * Map of erosion intensity as SVG: class colours of SL 190, zone borders and names, legend with the areas of table 1, north arrow,
 * scale bar, coordinates, source. Cells of no zone stay white; cells of a zone without a class are hatched.
 *
 * @throws RangeError when the rasters do not fit the grid.
 */
export function intensityMapSvg(map: IntensityMap, language: Language): string {
  const { grid, classes, zones } = map;
  const cells = grid.width * grid.height;
  if (classes.length !== cells || zones.length !== cells)
    throw new RangeError(`a grid of ${cells} cells with ${classes.length} classes and ${zones.length} zone numbers`);
  const place = mapPlace(grid);
  const panelX = mapPageWidth - margin.right - panel;
  const pageBottom = place.pageHeight - margin.bottom;
  const legendY = margin.top + 130;
  const names = new Map([...map.zoneNames].map(([zone, name]) => [zone, name[language]]));
  const frame = `x="${round(place.x)}" y="${round(place.y)}" width="${round(place.width)}" height="${round(place.height)}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${mapPageWidth}" height="${place.pageHeight}" font-family="${figureFontFamily}">`,
    `<defs>${hatchPattern}</defs><rect width="100%" height="100%" fill="#fff"/>`,
    svgText(mapPageWidth / 2, 66, map.title[language], { size: 42, bold: true, anchor: 'middle' }),
    `<rect ${frame} fill="${hatchFill}"/>`,
    `<image ${frame} preserveAspectRatio="none" xlink:href="${pictureOf(map)}"/>`,
    borderPaths(map, place),
    zoneLabels(labelPositions(zones, grid.width, grid.height), names, place),
    coordinateFrame(grid, place),
    northArrow(panelX + panel / 2, margin.top, language === 'zh' ? '北' : 'N'),
    intensityMapLegend(panelX, legendY, panel, map.region, map.zoneName, language),
    scaleBar(panelX + 10, pageBottom - 14, panel - 60, grid.cellSizeMetres / place.scale),
    svgText(margin.left, place.pageHeight - 24, sourceLine(map, language), { size: 18, colour: '#444' }),
    '</svg>',
  ].join('');
}

/** The map of {@link intensityMapSvg} as a PNG 1800 pixels wide. */
export const intensityMap = (map: IntensityMap, language: Language = 'zh'): Promise<Uint8Array> =>
  svgToPng(intensityMapSvg(map, language));

function pictureOf({ grid, classes, zones }: IntensityMap): string {
  const indices = new Uint8Array(grid.width * grid.height);
  for (let cell = 0; cell < indices.length; cell++) {
    const code = classes[cell];
    indices[cell] = zones[cell] === 0 ? outsideIndex : code >= 1 && code <= 6 ? code : uncoveredIndex;
  }
  const png = palettePng(grid.width, grid.height, indices, palette);
  return `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
}

function borderPaths({ grid, zones }: IntensityMap, place: MapPlace): string {
  const { between, outline } = zoneBorders(zones, grid.width, grid.height);
  const path = (d: string, colour: string, pixels: number) =>
    `<path d="${d}" stroke="${colour}" stroke-width="${round(pixels / place.scale)}"/>`;
  return (
    `<g transform="translate(${round(place.x)} ${round(place.y)}) scale(${place.scale})" fill="none" stroke-linecap="round">` +
    path(between, '#ffffff', 4.5) +
    path(between, '#222222', 1.8) +
    path(outline, '#222222', 3.5) +
    '</g>'
  );
}

function sourceLine({ grid, model, cellSizeMetres, crsName }: IntensityMap, language: Language): string {
  const crs = crsName ?? grid.crs;
  const shown = round(grid.cellSizeMetres);
  const { standard } = erosionClassesSl190Facts;
  return language === 'zh'
    ? `模型：${model}　　分级标准：${standard}　　坐标系：${crs}（图廓坐标单位 km）　　计算栅格：${cellSizeMetres} m，图面栅格：${shown} m`
    : `Model: ${model} · Classes: ${standard} · CRS: ${crs} (coordinates in km) · Cells: ${cellSizeMetres} m, drawn at ${shown} m`;
}
