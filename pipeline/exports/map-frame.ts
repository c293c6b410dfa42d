import { type GridSpec, gridExtent } from '../../models/grid/grid-spec.ts';
import { round, svgText } from './svg-text.ts';

/** Where the raster of a map lies on the page, in pixels. */
export interface MapPlace {
  readonly x: number;
  readonly y: number;
  /** Pixels per cell. */
  readonly scale: number;
  readonly width: number;
  readonly height: number;
}

/** The largest of 1, 2, 5 × 10ⁿ that is at most `limit`. */
export function roundLength(limit: number): number {
  const power = 10 ** Math.floor(Math.log10(limit));
  return ([5, 2, 1].find((step) => step * power <= limit * (1 + 1e-9)) ?? 1) * power;
}

/** Frame around the map with ticks and their coordinates in kilometres of the projection. */
export function coordinateFrame(grid: GridSpec, place: MapPlace): string {
  const { west, north, east, south } = gridExtent(grid);
  const pixelsPerMetre = place.scale / grid.cellSizeMetres;
  const step = roundLength(Math.max(east - west, north - south) / 3);
  const parts = [
    `<rect x="${round(place.x)}" y="${round(place.y)}" width="${round(place.width)}" height="${round(place.height)}" fill="none" stroke="#222" stroke-width="2"/>`,
  ];
  const label = (metres: number) => String(round(metres / 1000));
  const tick = (x: number, y: number, dx: number, dy: number) =>
    parts.push(`<path d="M${round(x)} ${round(y)}l${dx} ${dy}" stroke="#222" stroke-width="1.5"/>`);
  const bottom = place.y + place.height;
  for (let easting = Math.ceil(west / step) * step; easting <= east; easting += step) {
    const x = place.x + (easting - west) * pixelsPerMetre;
    tick(x, bottom, 0, 8);
    parts.push(svgText(x, bottom + 25, label(easting), { size: 15, anchor: 'middle', colour: '#555' }));
  }
  for (let northing = Math.ceil(south / step) * step; northing <= north; northing += step) {
    const y = place.y + (north - northing) * pixelsPerMetre;
    tick(place.x, y, -8, 0);
    parts.push(svgText(place.x - 12, y + 5, label(northing), { size: 15, anchor: 'end', colour: '#555' }));
  }
  return parts.join('');
}

/** Scale bar of two black and two white parts, at most `room` pixels long, its left end at (x, y). */
export function scaleBar(x: number, y: number, room: number, metresPerPixel: number): string {
  const metres = roundLength(room * metresPerPixel);
  const inKilometres = metres >= 1000;
  const length = metres / metresPerPixel;
  const name = (part: number) => String(round((metres * part) / (inKilometres ? 1000 : 1)));
  const unit = inKilometres ? ' km' : ' m';
  const boxes = [0, 1, 2, 3].map(
    (part) =>
      `<rect x="${round(x + (part * length) / 4)}" y="${y}" width="${round(length / 4)}" height="10" fill="${part % 2 === 0 ? '#222' : '#fff'}" stroke="#222" stroke-width="1.2"/>`,
  );
  return [
    ...boxes,
    svgText(x, y - 8, '0', { size: 16, anchor: 'middle' }),
    svgText(x + length / 2, y - 8, name(0.5), { size: 16, anchor: 'middle' }),
    svgText(x + length, y - 8, name(1) + unit, { size: 16, anchor: 'middle' }),
  ].join('');
}

/** Arrow to grid north, centred on x, its tip at y; 84 pixels high. */
export function northArrow(x: number, y: number, letter: string): string {
  return (
    svgText(x, y + 20, letter, { size: 24, bold: true, anchor: 'middle' }) +
    `<path d="M${x} ${y + 28}l-18 56l18 -14z" fill="#222" stroke="#222" stroke-width="1.5" stroke-linejoin="round"/>` +
    `<path d="M${x} ${y + 28}l18 56l-18 -14z" fill="#fff" stroke="#222" stroke-width="1.5" stroke-linejoin="round"/>`
  );
}
