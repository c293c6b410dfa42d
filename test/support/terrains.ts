/** Seeded pseudo-random numbers in [0, 1) (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A small elevation grid for tests. */
export interface TestTerrain {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Metres, multiples of 1/8 below 4096 so that sums and differences of a few are exact in float32. */
  readonly elevation: Float32Array;
}

const snap = (metres: number): number => Math.round(metres * 8) / 8;

/** Smoothed value noise on several scales: hills and hollows. */
export function fractalTerrain(width: number, height: number, seed: number, relief = 200, step = 0.125): TestTerrain {
  const random = seededRandom(seed);
  const elevation = new Float32Array(width * height).fill(500);
  for (let scale = Math.max(width, height), amplitude = relief; scale >= 1; scale /= 2, amplitude /= 2) {
    const columns = Math.ceil(width / scale) + 2;
    const lattice = Float64Array.from({ length: columns * (Math.ceil(height / scale) + 2) }, () => random() - 0.5);
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const u = x / scale;
        const v = y / scale;
        const at = Math.floor(v) * columns + Math.floor(u);
        const [fx, fy] = [u % 1, v % 1];
        const top = lattice[at] * (1 - fx) + lattice[at + 1] * fx;
        const bottom = lattice[at + columns] * (1 - fx) + lattice[at + columns + 1] * fx;
        elevation[y * width + x] += amplitude * (top * (1 - fy) + bottom * fy);
      }
  }
  for (let i = 0; i < elevation.length; i++) elevation[i] = Math.round(elevation[i] / step) * step;
  return { name: `fractal ${width}×${height} seed ${seed} step ${step}`, width, height, elevation };
}

function terrainOf(name: string, width: number, height: number, at: (x: number, y: number) => number): TestTerrain {
  const elevation = new Float32Array(width * height);
  for (let i = 0; i < elevation.length; i++) elevation[i] = snap(at(i % width, Math.floor(i / width)));
  return { name, width, height, elevation };
}

function withHoles(base: TestTerrain, name: string, missing: (x: number, y: number) => boolean): TestTerrain {
  const elevation = base.elevation.map((z, i) =>
    missing(i % base.width, Math.floor(i / base.width)) ? Number.NaN : z,
  );
  return { ...base, name, elevation };
}

/** The landscapes every terrain law is tried on. */
export function lawTerrains(): TestTerrain[] {
  const random = seededRandom(77);
  const speckle = Array.from({ length: 64 * 64 }, () => random() < 0.08);
  const hills = fractalTerrain(61, 47, 5);
  return [
    hills,
    fractalTerrain(47, 61, 6, 30, 5),
    fractalTerrain(64, 64, 7, 8, 4),
    terrainOf('plane to the south-east', 33, 21, (x, y) => 300 - 2 * x - y),
    terrainOf('level plain', 37, 29, () => 120),
    terrainOf('steps', 40, 40, (x, y) => 10 * Math.floor((x + y) / 9)),
    terrainOf('bowl with a flat floor', 41, 35, (x, y) => Math.max(50, 4 * Math.hypot(x - 20, y - 17) ** 1.2)),
    terrainOf('lakes on terraces', 50, 44, (x, y) => 20 * Math.floor(x / 12) + (x % 12 > 2 && y % 11 > 2 ? 0 : 15)),
    terrainOf('maze of walls', 45, 45, (x, y) => (x % 4 === 3 && y % 16 !== (x % 8 === 3 ? 2 : 13) ? 90 : 10)),
    terrainOf('below sea level', 30, 30, (x, y) => ((x * 7 + y * 3) % 11) - 5.5),
    withHoles(hills, 'hills with a nodata lake', (x, y) => Math.hypot(x - 30, y - 20) < 7),
    withHoles(hills, 'islands', (x, y) => (x % 20 < 4 || y % 15 < 3) && !(x === 22 && y === 16)),
    withHoles(fractalTerrain(64, 64, 9, 20, 2), 'speckled with nodata', (x, y) => speckle[y * 64 + x]),
    withHoles(hills, 'no data at all', () => true),
    terrainOf('single row', 53, 1, (x) => (x * 37) % 19),
    terrainOf('single column', 1, 53, (_, y) => (y * 37) % 19),
    terrainOf('single cell', 1, 1, () => 7),
    terrainOf('two rows', 30, 2, (x, y) => ((x * 5 + y * 3) % 7) + 1),
  ];
}

/** Random landscapes of four kinds: pitted hills, terraced plains, mazes of flat corridors, ragged lakes with nodata. */
export function landscape(kind: string, width: number, height: number, seed: number): TestTerrain {
  const random = seededRandom(seed);
  if (kind === 'pitted hills') {
    const hills = fractalTerrain(width, height, seed);
    return { ...hills, elevation: hills.elevation.map((z) => z + 9 * random()) };
  }
  if (kind === 'terraces') return fractalTerrain(width, height, seed, 12, 3);
  const base = fractalTerrain(width, height, seed, 40, 8);
  const elevation = base.elevation.map((z) => {
    const chance = random();
    if (kind === 'maze') return chance < 0.35 ? 90 : 10;
    return chance < 0.04 ? Number.NaN : Math.max(z, 496) * (chance > 0.98 ? -0 : 1);
  });
  return { ...base, elevation };
}
