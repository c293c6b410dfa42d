import { height, offsetOf, stride, width } from './layout';
import { setWord, word } from './words';

/** Turns −0 into +0, in ring and padding too. */
export function plainZeros(layer: usize): void {
  const end = layer + ((<usize>(stride * (height + 2))) << 2);
  const zero = f32x4.splat(0);
  for (let at = layer; at < end; at += 16) v128.store(at, f32x4.add(v128.load(at), zero));
}

/**
 * Raises the cells of every depression to the level at which it overflows, see `raiseDepressions`.
 *
 * @param filled the elevation; its ring and padding must be +∞; changed
 * @param pit cell of each basin's pit, row by row in the tile without padding
 * @param level level at which each basin overflows towards the basin of its label
 * @param label by basin; 0 and 1 need no raising
 * @param levels levels at which labels overflow
 * @param stack room for a word for every cell
 */
export function raise(
  filled: usize,
  pit: usize,
  level: usize,
  label: usize,
  levels: usize,
  count: u32,
  stack: usize,
): void {
  for (let basin: u32 = 2; basin <= count; basin++) {
    const own = load<f32>(level + ((<usize>basin) << 2));
    const all = load<f32>(levels + ((<usize>word(label, basin)) << 2));
    const overflow = own < all ? all : own;
    const cell = word(pit, basin);
    const start = (cell / width + 1) * stride + 4 + (cell % width);
    if (!(load<f32>(filled + ((<usize>start) << 2)) < overflow)) continue;
    store<f32>(filled + ((<usize>start) << 2), overflow);
    setWord(stack, 0, start);
    let depth: u32 = 1;
    while (depth > 0) {
      const at = word(stack, --depth);
      for (let k = 0; k < 8; k++) {
        const neighbour = at + offsetOf(k);
        const place = filled + ((<usize>neighbour) << 2);
        if (!(load<f32>(place) < overflow)) continue;
        store<f32>(place, overflow);
        setWord(stack, depth++, neighbour);
      }
    }
  }
}
