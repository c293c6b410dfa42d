import type { CellWindow } from '../../models/grid/grid-spec.ts';
import type { PixelArray } from './pixel-type.ts';
import type { RowLayer } from './row-layer.ts';

/** Ways into a file that is being written. */
interface Writing {
  /** Writes a window of a band. */
  write(band: number, window: CellWindow, data: PixelArray): Promise<void>;
  /**
   * Encodes a block of a band, past GDAL's cache.
   * @param data all of the block, what lies beyond the raster included
   * @returns undefined when it is done already
   */
  writeBlock(band: number, column: number, row: number, data: PixelArray): Promise<void> | undefined;
}

/**
 * Writes a raster block by block, or row by row from north to south: rows are gathered until a row of blocks is whole. GDAL
 * pads a block at the edge one way when it is written at once and another way when in parts, and blocks that are put together
 * later must not tell how they were written.
 *
 * @param block side of a block
 */
export function byBlocks(
  { write, writeBlock }: Writing,
  width: number,
  height: number,
  block: number,
): Writing['write'] {
  const rows = new Map<number, GatheredRows>();
  return async (band, window, data) => {
    const gathered = rows.get(band) ?? { data: data.slice(0, 0), next: 0 };
    rows.set(band, gathered);
    if (isBlock(window, width, height, block)) {
      const [column, row] = [window.x0 / block, window.y0 / block];
      if (window.width === block && window.height === block) await writeBlock(band, column, row, data.subarray());
      else await withRoom(data, block * block, (room) => writeBlock(band, column, row, pad(data, window, block, room)));
      if (window.width === width) gathered.next = window.y0 + window.height;
      return;
    }
    if (window.x0 !== 0 || window.width !== width || window.y0 !== gathered.next)
      throw new RangeError('exact blocks are written one by one, or their rows whole and from north to south');
    for (let done = 0; done < window.height; ) {
      const first = Math.floor(gathered.next / block) * block;
      const whole = Math.min(block, height - first);
      const held = gathered.next - first;
      const count = Math.min(whole - held, window.height - done);
      const part = data.subarray(done * width, (done + count) * width);
      gathered.next += count;
      done += count;
      const rowsOfBlock = { x0: 0, y0: first, width, height: whole };
      if (count === whole) {
        await write(band, rowsOfBlock, part);
        continue;
      }
      if (held === 0 && gathered.data.length !== whole * width) gathered.data = arrayLike(data, whole * width);
      gathered.data.set(part as never, held * width);
      if (held + count === whole) await write(band, rowsOfBlock, gathered.data);
    }
  };
}

/** Writes a whole band, block by block, from the rows of a larger array. */
export async function layerByBlocks(
  { writeBlock }: Pick<Writing, 'writeBlock'>,
  band: number,
  layer: RowLayer,
  block: number,
): Promise<void> {
  let room: PixelArray | undefined;
  for (let y0 = 0; y0 < layer.height; y0 += block)
    for (let x0 = 0; x0 < layer.width; x0 += block) {
      const width = Math.min(block, layer.width - x0);
      const window = { x0, y0, width, height: Math.min(block, layer.height - y0) };
      const data = layer.square?.(window, block) ?? (room = squareOf(layer, window, block, room));
      await writeBlock(band, x0 / block, y0 / block, data.subarray());
    }
}

function squareOf(
  { cells, first, stride }: RowLayer,
  { x0, y0, width, height }: CellWindow,
  side: number,
  room = arrayLike(cells, side * side),
): PixelArray {
  // Zeros beyond the raster are what GDAL writes there.
  if (width < side || height < side) room.fill(0);
  for (let row = 0; row < height; row++) {
    const start = first + (y0 + row) * stride + x0;
    room.set(cells.subarray(start, start + width) as never, row * side);
  }
  return room;
}

interface GatheredRows {
  data: PixelArray;
  /** The row that is to come next. */
  next: number;
}

/** True where a window is a block, or the part of one that lies in the raster. */
const isBlock = (window: CellWindow, width: number, height: number, block: number): boolean =>
  window.x0 % block === 0 &&
  window.y0 % block === 0 &&
  window.width === Math.min(block, width - window.x0) &&
  window.height === Math.min(block, height - window.y0);

const arrayLike = (data: PixelArray, length: number): PixelArray =>
  new (data.constructor as new (length: number) => PixelArray)(length);

/* Rooms for blocks that no file is using: as many as a tile usually writes at once. New ones for each file would be garbage. */
const spare: PixelArray[] = [];
const mostSpare = 4;

/** Does work with an array of the type of `data` that nobody else uses meanwhile. */
async function withRoom(
  data: PixelArray,
  length: number,
  work: (room: PixelArray) => Promise<void> | undefined,
): Promise<void> {
  const at = spare.findIndex((room) => room.constructor === data.constructor && room.length === length);
  const room = at < 0 ? arrayLike(data, length) : spare.splice(at, 1)[0]!;
  try {
    // The binding marks the array object it is given.
    const writing = work(room.subarray());
    // What is done already leaves the room to the next file of the tile.
    if (writing !== undefined) await writing;
  } finally {
    spare.push(room);
    if (spare.length > mostSpare) spare.shift();
  }
}

/** A block with zeros beyond the raster, which is what GDAL writes there. */
function pad(data: PixelArray, { width, height }: CellWindow, block: number, into: PixelArray): PixelArray {
  into.set(data.subarray(0, width * height) as never);
  // From the last row on, each moves out of the way of the one before it.
  for (let row = height - 1; row > 0; row--) {
    into.copyWithin(row * block, row * width, (row + 1) * width);
    into.fill(0, row * block + width, (row + 1) * block);
  }
  into.fill(0, width, block);
  return into.fill(0, height * block);
}
