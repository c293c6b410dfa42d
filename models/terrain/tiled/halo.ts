type CellArray = Float32Array | Uint8Array | Uint32Array;

/** Length of the ring of cells around a tile. */
export function haloLength(width: number, height: number): number {
  return 2 * (width + height) + 4;
}

/** Places of the ring in a padded array of (width + 2) × (height + 2) cells, row by row. */
export function haloCells(width: number, height: number): Uint32Array {
  const paddedWidth = width + 2;
  const cells = new Uint32Array(haloLength(width, height));
  let count = 0;
  for (let row = 0; row < height + 2; row++) {
    const whole = row === 0 || row === height + 1;
    for (let column = 0; column < paddedWidth; column += whole ? 1 : width + 1)
      cells[count++] = row * paddedWidth + column;
  }
  return cells;
}

/** A tile with its ring of neighbour cells, as one array of (width + 2) × (height + 2) cells. */
export function padded<A extends CellArray>(core: A, ring: A, width: number, height: number): A {
  const out = new (core.constructor as new (length: number) => A)((width + 2) * (height + 2));
  for (let row = 0; row < height; row++)
    out.set(core.subarray(row * width, (row + 1) * width) as never, (row + 1) * (width + 2) + 1);
  haloCells(width, height).forEach((cell, i) => {
    out[cell] = ring[i];
  });
  return out;
}

/** The tile of a padded array, without its ring. */
export function cropped<A extends CellArray>(withHalo: A, width: number, height: number): A {
  const out = new (withHalo.constructor as new (length: number) => A)(width * height);
  for (let row = 0; row < height; row++) {
    const start = (row + 1) * (width + 2) + 1;
    out.set(withHalo.subarray(start, start + width) as never, row * width);
  }
  return out;
}
