import { height, stride } from './layout';

/** Receives what is read ahead, so that it counts as used. */
const taken = memory.data(4, 4);

/** Layers of words of more cells than this (2 MB) do not stay in the second cache from one kernel to the next. */
const nearCells: i32 = 1 << 19;

/** Whether lines of layers are so far away that it pays to ask for them beforehand. */
@inline export function isFar(): bool {
  return stride * height > nearCells;
}

/**
 * Brings a row of a layer into the cache before it is worked on. Kernels that do much with each cell ask for too few lines of
 * memory at once and wait for every one of them; a loop that does nothing else has a dozen on their way.
 */
@inline export function fetchRow(layer: usize, row: i32, bytesPerCell: i32): void {
  if (!isFar()) return;
  const bytes = <usize>(stride * bytesPerCell);
  const start = layer + bytes * row;
  let all: u32 = 0;
  for (let p = start; p < start + bytes; p += 256)
    all ^= load<u32>(p) ^ load<u32>(p, 64) ^ load<u32>(p, 128) ^ load<u32>(p, 192);
  take(all);
}

/** A word of a place and of those above and below it. */
@inline export function readAround(place: usize): u32 {
  const row = (<usize>stride) << 2;
  return load<u32>(place - row) ^ load<u32>(place) ^ load<u32>(place + row);
}

/** Takes what was read for nothing but to have it in the cache. */
@inline export function take(words: u32): void {
  store<u32>(taken, words);
}
