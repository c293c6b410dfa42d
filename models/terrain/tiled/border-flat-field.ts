import { forEachRunOfSet } from './cell-set-bytes.ts';
import { perimeterCells, perimeterIndex } from './tile-perimeter.ts';

/*
 * Cells are bits of words, a word for 8 columns by 4 rows, a byte of it for each row. So a front moves on several cells at a
 * time whichever way it goes. Words without cells surround those of the tile.
 */
const wordColumns = 8;
const wordRows = 4;
const firstColumn = 0x01010101;
const lastColumn = 0x80808080;
const firstRow = 0xff;
const topLeft = 1;
const topRight = 1 << 7;
const bottomLeft = 1 << 24;
const bottomRight = 1 << 31;

/** Some cells of a tile: their words, and which these are. */
interface Front {
  readonly cells: Int32Array;
  readonly words: Int32Array;
  count: number;
}

const emptyFront = (words: number): Front => ({ cells: new Int32Array(words), words: new Int32Array(words), count: 0 });

/** The cells of one tile as bits, and room to walk through them: 6 bits for each cell. */
class CellBits {
  readonly width: number;
  readonly height: number;
  /** Words from a row of words to the next. */
  readonly stride: number;
  /** Cells that may be entered. */
  readonly open: Int32Array;
  /** Cells of the perimeter. */
  readonly rim: Int32Array;
  /** Cell of each place on the perimeter. */
  readonly perimeter: Uint32Array;
  front: Front;
  next: Front;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.stride = Math.ceil(width / wordColumns) + 2;
    const words = this.stride * (Math.ceil(height / wordRows) + 2);
    this.open = new Int32Array(words);
    this.rim = new Int32Array(words);
    this.perimeter = perimeterCells(width, height);
    for (const cell of this.perimeter) this.rim[this.wordOf(cell)] |= this.bitOf(cell);
    this.front = emptyFront(words);
    this.next = emptyFront(words);
  }

  wordOf(cell: number): number {
    const row = Math.floor(cell / this.width);
    return this.stride * (Math.floor(row / wordRows) + 1) + Math.floor((cell % this.width) / wordColumns) + 1;
  }

  bitOf(cell: number): number {
    const row = Math.floor(cell / this.width);
    return 1 << ((row % wordRows) * wordColumns + ((cell % this.width) % wordColumns));
  }

  /** Place on the perimeter of a bit of a word. */
  placeOf(word: number, bit: number): number {
    const row = (Math.floor(word / this.stride) - 1) * wordRows + Math.floor(bit / wordColumns);
    const column = ((word % this.stride) - 1) * wordColumns + (bit % wordColumns);
    return perimeterIndex(column, row, this.width, this.height);
  }
}

/** One tile's border flats, laid out for walking; the memory is reused from tile to tile. */
export class BorderFlatField {
  /** By shape of tile, of which a layout has four at most. */
  private readonly shapes = new Map<string, CellBits>();

  /**
   * Spreads steps from perimeter cells through a tile's border flats, all cells of as many steps at once.
   *
   * @param cells see `borderFlatCells`
   * @param perimeterSteps steps at the perimeter cells; lowered where a seed offers less
   * @param seeds places on the perimeter whose steps have fallen
   * @returns places on the perimeter whose steps have fallen on the way
   */
  spread(
    cells: Uint8Array,
    width: number,
    height: number,
    perimeterSteps: Uint32Array,
    seeds: readonly number[],
  ): number[] {
    const shape = `${width} ${height}`;
    const bits = this.shapes.get(shape) ?? new CellBits(width, height);
    this.shapes.set(shape, bits);
    openCells(bits, cells);
    const waiting = Uint32Array.from(seeds).sort((a, b) => perimeterSteps[a] - perimeterSteps[b]);
    const begins = waiting.map((place) => perimeterSteps[place]);
    const fallen: number[] = [];
    let seed = 0;
    for (let steps = 0; bits.front.count > 0 || seed < waiting.length; steps++) {
      if (bits.front.count === 0) steps = begins[seed];
      for (; begins[seed] === steps; seed++)
        if (perimeterSteps[waiting[seed]] === steps) join(bits.front, bits, bits.perimeter[waiting[seed]]);
      enterBeside(bits, steps + 1, perimeterSteps, fallen);
    }
    bits.open.fill(0);
    return fallen;
  }
}

function openCells({ width, stride, open }: CellBits, cells: Uint8Array): void {
  const rows = new Uint8Array(open.buffer);
  forEachRunOfSet(cells, (first, count) => {
    for (let cell = first; cell < first + count; ) {
      const row = Math.floor(cell / width);
      const column = cell - row * width;
      const end = Math.min(width, column + first + count - cell);
      // Little-endian, as all machines that run this: byte n of a word is its row n.
      const bytes = (stride * (Math.floor(row / wordRows) + 1) + 1) * wordRows + (row % wordRows);
      openColumns(rows, bytes, column, end);
      cell += end - column;
    }
  });
}

/** Sets the bits of some columns of a row, whose first byte is `first`. */
function openColumns(rows: Uint8Array, first: number, column: number, end: number): void {
  const from = first + Math.floor(column / wordColumns) * wordRows;
  const last = first + Math.floor((end - 1) / wordColumns) * wordRows;
  const fromBits = 0xff << (column % wordColumns);
  const lastBits = 0xff >> (wordColumns - 1 - ((end - 1) % wordColumns));
  if (from === last) {
    rows[from] |= fromBits & lastBits;
    return;
  }
  rows[from] |= fromBits;
  for (let at = from + wordRows; at < last; at += wordRows) rows[at] = 0xff;
  rows[last] |= lastBits;
}

function join(front: Front, bits: CellBits, cell: number): void {
  const word = bits.wordOf(cell);
  if (front.cells[word] === 0) front.words[front.count++] = word;
  front.cells[word] |= bits.bitOf(cell);
}

/**
 * Enters the open cells beside the front, which are the front then.
 * @param steps of the cells entered; on the perimeter only those are that have more
 */
function enterBeside(bits: CellBits, steps: number, perimeterSteps: Uint32Array, fallen: number[]): void {
  const { front, next, stride, open, rim } = bits;
  const enter = (word: number, cells: number): void => {
    let entered = open[word] & cells;
    if (entered === 0) return;
    open[word] ^= entered;
    // A cell that has no more steps now is of no use later either, and stays closed.
    for (let onRim = entered & rim[word]; onRim !== 0; onRim &= onRim - 1) {
      const bit = 31 - Math.clz32(onRim & -onRim);
      const place = bits.placeOf(word, bit);
      if (perimeterSteps[place] > steps) {
        perimeterSteps[place] = steps;
        fallen.push(place);
      } else entered ^= 1 << bit;
    }
    if (entered === 0) return;
    if (next.cells[word] === 0) next.words[next.count++] = word;
    next.cells[word] |= entered;
  };
  for (let i = 0; i < front.count; i++) {
    const word = front.words[i];
    const cells = front.cells[word];
    front.cells[word] = 0;
    const across = cells | ((cells << 1) & ~firstColumn) | ((cells >>> 1) & ~lastColumn);
    enter(word, across | (across << wordColumns) | (across >>> wordColumns));
    if ((across & firstRow) !== 0) enter(word - stride, across << (3 * wordColumns));
    if (across >>> (3 * wordColumns) !== 0) enter(word + stride, across >>> (3 * wordColumns));
    const left = (cells & firstColumn) << (wordColumns - 1);
    if (left !== 0) {
      enter(word - 1, left | (left << wordColumns) | (left >>> wordColumns));
      if ((cells & topLeft) !== 0) enter(word - stride - 1, bottomRight);
      if ((cells & bottomLeft) !== 0) enter(word + stride - 1, topRight);
    }
    const right = (cells & lastColumn) >>> (wordColumns - 1);
    if (right !== 0) {
      enter(word + 1, right | (right << wordColumns) | (right >>> wordColumns));
      if ((cells & topRight) !== 0) enter(word - stride + 1, bottomLeft);
      if ((cells & bottomRight) !== 0) enter(word + stride + 1, topLeft);
    }
  }
  front.count = 0;
  [bits.front, bits.next] = [next, front];
}
