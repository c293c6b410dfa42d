/** Rises to the east of four cells with data all around, by the weights of Horn 1981; `below` bytes to the next row. */
@inline export function eastwardRises(p: usize, below: usize, perSpan: v128): v128 {
  const across = f32x4.add(
    f32x4.sub(v128.load(p - below + 4), v128.load(p - below - 4)),
    f32x4.sub(v128.load(p + below + 4), v128.load(p + below - 4)),
  );
  const middle = f32x4.sub(v128.load(p + 4), v128.load(p - 4));
  return f32x4.mul(f32x4.add(across, f32x4.add(middle, middle)), perSpan);
}

/** The same to the south. */
@inline export function southwardRises(p: usize, below: usize, perSpan: v128): v128 {
  const down = f32x4.add(
    f32x4.sub(v128.load(p + below - 4), v128.load(p - below - 4)),
    f32x4.sub(v128.load(p + below + 4), v128.load(p - below + 4)),
  );
  const middle = f32x4.sub(v128.load(p + below), v128.load(p - below));
  return f32x4.mul(f32x4.add(down, f32x4.add(middle, middle)), perSpan);
}

/**
 * Rise per cell along one axis of a window with gaps, see slope-horn1981.ts.
 *
 * @param along bytes to the next cell along the axis, `across` to the next parallel line
 */
export function partialGradient(p: usize, along: usize, across: usize): f64 {
  const first = lineRise(p - across, along);
  const middle = lineRise(p, along);
  const last = lineRise(p + across, along);
  let outer: f64 = 0;
  let weight: f64 = 0;
  if (first == first) {
    outer += first;
    weight += 1;
  }
  if (last == last) {
    outer += last;
    weight += 1;
  }
  if (middle != middle) return weight == 0 ? 0 : outer / weight;
  return (outer + 2 * middle) / (weight + 2);
}

function lineRise(p: usize, along: usize): f64 {
  const before = <f64>load<f32>(p - along);
  const centre = <f64>load<f32>(p);
  const after = <f64>load<f32>(p + along);
  const whole = (after - before) / 2;
  if (whole == whole) return whole;
  const forward = after - centre;
  return forward == forward ? forward : centre - before;
}
