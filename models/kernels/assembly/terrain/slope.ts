import { fetchRow } from './ahead';
import { eastwardRises, partialGradient, southwardRises } from './gradient';
import { height, stride, width } from './layout';

// Constants are read from memory: V8 would put each together from two numbers at every use.
const terms = memory.data<f32>([0.1584963695876343, -0.9013341811700044, 2.414307990371661, -4.272463099718204, 6.083878228030952, -8.134738919812278, 11.454498918335911, -19.098423217967454, 57.29577846964916, 1, 90]);

/** Slope of unfilled elevations with their ring, degrees, see `slopeDegrees`. Ring and padding of the result mean nothing. */
export function slope(z: usize, out: usize, cellSize: f64): void {
  const below = (<usize>stride) << 2;
  const perSpan = f32x4.splat(<f32>(1.0 / (8.0 * cellSize)));
  const nan = f32x4.splat(NaN);
  for (let row = 1; row <= height; row++) {
    fetchRow(z, row + 1, 4);
    const start = row * stride + 4;
    for (let x = 0; x < width; x += 4) {
      const at = (<usize>(start + x)) << 2;
      const p = z + at;
      const centre = v128.load(p);
      const none = f32x4.ne(centre, centre);
      if (i32x4.bitmask(none) == 15) {
        v128.store(out + at, nan);
        continue;
      }
      const east = eastwardRises(p, below, perSpan);
      const south = southwardRises(p, below, perSpan);
      const tangent = f32x4.sqrt(f32x4.add(f32x4.mul(east, east), f32x4.mul(south, south)));
      v128.store(out + at, angles(tangent));
      // A gap anywhere leaves no number; the centre is not among the eight.
      let gaps = i32x4.bitmask(v128.or(f32x4.ne(tangent, tangent), none));
      while (gaps != 0) {
        const lane = ctz(gaps);
        gaps &= gaps - 1;
        if (x + lane >= width) break;
        store<f32>(out + at + ((<usize>lane) << 2), slopeBesideGaps(p + ((<usize>lane) << 2), below, cellSize));
      }
    }
  }
}

/** Angles of tangents, degrees, see models/arithmetic/arctangent.ts. */
@inline function angles(tangent: v128): v128 {
  const one = v128.load32_splat(terms, 36);
  const steep = f32x4.gt(tangent, one);
  if (!v128.any_true(steep)) return smallAngles(tangent);
  const angle = smallAngles(v128.bitselect(f32x4.div(one, tangent), tangent, steep));
  return v128.bitselect(f32x4.sub(v128.load32_splat(terms, 40), angle), angle, steep);
}

/** Angles of tangents up to 1. */
@inline function smallAngles(u: v128): v128 {
  const v = f32x4.mul(u, u);
  let sum = v128.load32_splat(terms, 0);
  sum = f32x4.add(f32x4.mul(sum, v), v128.load32_splat(terms, 4));
  sum = f32x4.add(f32x4.mul(sum, v), v128.load32_splat(terms, 8));
  sum = f32x4.add(f32x4.mul(sum, v), v128.load32_splat(terms, 12));
  sum = f32x4.add(f32x4.mul(sum, v), v128.load32_splat(terms, 16));
  sum = f32x4.add(f32x4.mul(sum, v), v128.load32_splat(terms, 20));
  sum = f32x4.add(f32x4.mul(sum, v), v128.load32_splat(terms, 24));
  sum = f32x4.add(f32x4.mul(sum, v), v128.load32_splat(terms, 28));
  sum = f32x4.add(f32x4.mul(sum, v), v128.load32_splat(terms, 32));
  return f32x4.mul(u, sum);
}

function slopeBesideGaps(p: usize, below: usize, cellSize: f64): f32 {
  const centre = load<f32>(p);
  if (centre != centre) return NaN;
  const east = <f32>(partialGradient(p, 4, below) / cellSize);
  const south = <f32>(partialGradient(p, below, 4) / cellSize);
  return f32x4.extract_lane(angles(f32x4.splat(sqrt<f32>(east * east + south * south))), 0);
}
