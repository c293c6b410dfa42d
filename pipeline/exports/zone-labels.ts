import type { LabelPosition } from './label-positions.ts';
import type { MapPlace } from './map-frame.ts';
import { svgText } from './svg-text.ts';
import { approximateTextWidth } from './text-width.ts';

/** Names of zones on a map; where names would run into each other, those of the wider zones are kept. */
export function zoneLabels(
  positions: readonly LabelPosition[],
  names: ReadonlyMap<number, string>,
  place: MapPlace,
): string {
  const size = positions.length <= 15 ? 30 : positions.length <= 50 ? 22 : 15;
  const taken: (readonly [number, number, number, number])[] = [];
  const parts: string[] = [];
  for (const { zone, column, row } of [...positions].sort((a, b) => b.radius - a.radius || a.zone - b.zone)) {
    const name = names.get(zone);
    if (!name) continue;
    const half = approximateTextWidth(name, size) / 2;
    const [centre, middle] = [place.x + column * place.scale, place.y + row * place.scale];
    // A name near the frame moves inwards rather than across it.
    const x = Math.min(Math.max(centre, place.x + half + 6), place.x + place.width - half - 6);
    const y = Math.min(Math.max(middle, place.y + size), place.y + place.height - size);
    const box = [x - half, y - size * 0.6, x + half, y + size * 0.6] as const;
    if (taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]))
      continue;
    taken.push(box);
    parts.push(svgText(x, y + size * 0.36, name, { size, bold: true, anchor: 'middle', halo: size / 5 }));
  }
  return parts.join('');
}
