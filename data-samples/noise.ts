/** Whole-number hash of a lattice point; the source of all chance in the sample. */
export function hashPoint(seed: number, x: number, y: number): number {
  let h = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(seed, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Number in [0, 1) that belongs to a lattice point. */
export function hashUnit(seed: number, x: number, y = 0): number {
  return hashPoint(seed, x, y) / 4294967296;
}

// Sixteen unit vectors; literals, because sine and cosine are not equal on all machines.
const c1 = 0.9238795325112867;
const s1 = 0.3826834323650898;
const d1 = 0.7071067811865476;
const gradientX = [1, c1, d1, s1, 0, -s1, -d1, -c1, -1, -c1, -d1, -s1, 0, s1, d1, c1];
const gradientY = [0, s1, d1, c1, 1, c1, d1, s1, 0, -s1, -d1, -c1, -1, -c1, -d1, -s1];

function corner(seed: number, ix: number, iy: number, dx: number, dy: number): number {
  const direction = hashPoint(seed, ix, iy) & 15;
  return gradientX[direction]! * dx + gradientY[direction]! * dy;
}

/** Gradient noise, mean 0, mostly within ±0.7, features about one unit wide. */
export function gradientNoise(seed: number, x: number, y: number): number {
  const ix = Math.floor(x);
  const iy = Math.floor(y);
  const fx = x - ix;
  const fy = y - iy;
  const u = fx * fx * fx * (fx * (fx * 6 - 15) + 10);
  const v = fy * fy * fy * (fy * (fy * 6 - 15) + 10);
  const a = corner(seed, ix, iy, fx, fy);
  const b = corner(seed, ix + 1, iy, fx - 1, fy);
  const c = corner(seed, ix, iy + 1, fx, fy - 1);
  const d = corner(seed, ix + 1, iy + 1, fx - 1, fy - 1);
  const north = a + (b - a) * u;
  return north + (c + (d - c) * u - north) * v;
}

/** Sum of octaves of gradient noise, each half as wide and half as strong as the one before. */
export function fractalNoise(seed: number, x: number, y: number, octaves: number): number {
  let sum = 0;
  let amplitude = 1;
  let frequency = 1;
  for (let octave = 0; octave < octaves; octave++) {
    sum += amplitude * gradientNoise(seed + octave * 101, x * frequency, y * frequency);
    amplitude *= 0.5;
    frequency *= 2;
  }
  return sum;
}
