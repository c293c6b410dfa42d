import { type Geometry, type Position, polygonsOf } from '../formats/geometry.ts';

/** West, south, east, north. */
export type Box = readonly [number, number, number, number];

/** Box around a polygonal geometry; infinite inside out when it has none. */
export const boxOf = (geometry: Geometry): Box => boxAround(polygonsOf(geometry).flatMap(([shell]) => shell ?? []));

export function boxAround(positions: readonly Position[]): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of positions) {
    west = Math.min(west, x);
    east = Math.max(east, x);
    south = Math.min(south, y);
    north = Math.max(north, y);
  }
  return [west, south, east, north];
}

export const grown = ([west, south, east, north]: Box, by: number): Box => [
  west - by,
  south - by,
  east + by,
  north + by,
];

const meets = (a: Box, b: Box): boolean => a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];

/** A box over more bins than this is kept aside and looked at every time, as roads across a county are. */
const mostBins = 4096;

/** Items by where their boxes lie, in square bins. */
export class BoxIndex<Item> {
  private readonly bins = new Map<string, number[]>();
  private readonly aside: number[] = [];
  private readonly boxes: readonly Box[];
  private readonly items: readonly Item[];
  private readonly side: number;

  /** @param side of a bin, in the unit of the boxes; about the size of a usual item */
  constructor(items: readonly Item[], box: (item: Item) => Box, side: number) {
    this.items = items;
    this.side = side;
    this.boxes = items.map(box);
    this.boxes.forEach((each, at) => {
      const bins = this.binsOf(each);
      if (bins === undefined) this.aside.push(at);
      else
        for (const bin of bins) {
          const list = this.bins.get(bin);
          if (list === undefined) this.bins.set(bin, [at]);
          else list.push(at);
        }
    });
  }

  /** Items whose boxes meet a box, in their order. */
  search(box: Box): Item[] {
    const bins = this.binsOf(box);
    const places = new Set(this.aside);
    if (bins === undefined) this.boxes.forEach((_, at) => void places.add(at));
    else for (const bin of bins) for (const at of this.bins.get(bin) ?? []) places.add(at);
    return [...places]
      .filter((at) => meets(this.boxes[at]!, box))
      .sort((a, b) => a - b)
      .map((at) => this.items[at]!);
  }

  private binsOf([west, south, east, north]: Box): string[] | undefined {
    const [left, right] = [Math.floor(west / this.side), Math.floor(east / this.side)];
    const [low, high] = [Math.floor(south / this.side), Math.floor(north / this.side)];
    if (!((right - left + 1) * (high - low + 1) <= mostBins)) return undefined;
    const bins: string[] = [];
    for (let row = low; row <= high; row++)
      for (let column = left; column <= right; column++) bins.push(`${column} ${row}`);
    return bins;
  }
}
