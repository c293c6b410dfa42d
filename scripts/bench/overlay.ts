/**
 * Overlay and ranking of many patches against many boundary versions, timed: `node dist/scripts/bench/overlay.js [patches]
 * [boundaries]`. Shapes are stars of 24 corners strewn over 300 km × 300 km with a fixed seed; every third boundary has a
 * later version.
 */
import { coldStartWeights } from '../../models/disturbance/ranking.ts';
import { supervisionRules2024 } from '../../models/disturbance/rules/supervision-2024.ts';
import type { Geometry, Position } from '../../pipeline/formats/geometry.ts';
import type { RegisteredBoundary } from '../../pipeline/supervision/boundary.ts';
import { judgeBatch } from '../../pipeline/supervision/judge-batch.ts';
import type { PatchDraft } from '../../pipeline/supervision/patch-record.ts';

const crs = 'EPSG:4544';
const sideMetres = 300_000;
const [patchCount, boundaryCount] = [Number(process.argv[2] ?? 50_000), Number(process.argv[3] ?? 20_000)];

let state = 20240912;
/** Seeded pseudo-random numbers in [0, 1) (mulberry32). */
function random(): number {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), state | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

function star(x: number, y: number, radius: number): Geometry {
  const ring = Array.from({ length: 24 }, (_, at): Position => {
    const [angle, reach] = [(Math.PI * at) / 12, radius * (0.7 + 0.6 * random())];
    return [x + reach * Math.cos(angle), y + reach * Math.sin(angle)];
  });
  return { type: 'MultiPolygon', coordinates: [[[...ring, ring[0]!]]] };
}

const place = (): Position => [400_000 + random() * sideMetres, 3_700_000 + random() * sideMetres];
const sites: Position[] = [];

const boundaries: RegisteredBoundary[] = [];
while (boundaries.length < boundaryCount) {
  const at = place();
  sites.push(at);
  const first = {
    project: `P${sites.length}`,
    version: 1,
    kind: random() < 0.9 ? '防治责任范围' : '示意性范围',
    approved: `20${18 + Math.floor(random() * 7)}-0${1 + Math.floor(random() * 9)}-15`,
    validTo: null,
    cancelled: null,
    accepted: random() < 0.1 ? '2023-01-01' : null,
    knownFrom: '2018-01-01',
    name: '',
    approvalNumber: '',
    sourceDocument: '',
    state: '',
    crs,
    geometry: star(...at, 100 + random() * 500),
    areaSquareMetres: 0,
    attributes: {},
  } as const;
  boundaries.push(first);
  if (sites.length % 3 === 0)
    boundaries.push({ ...first, version: 2, knownFrom: '2024-06-01', geometry: star(...at, 100 + random() * 600) });
}

const drafts = Array.from({ length: patchCount }, (_, at): PatchDraft => {
  // Two of three lie at a project.
  const [x, y] = random() < 0.67 ? sites[Math.floor(random() * sites.length)]! : place();
  const geometry = star(x + (random() - 0.5) * 600, y + (random() - 0.5) * 600, 30 + random() * 150);
  return {
    key: `I${at}`,
    source: { kind: 'imported', issuer: '部', number: null, attributes: {} },
    type: '其他扰动',
    imageDate: '2024-09-12',
    disturbed: { earliest: '2023-09-05', latest: '2024-09-12' },
    crs,
    geometry,
    areaSquareMetres: 10_000,
    counties: [{ code: '621121', share: 1 }],
    ground: null,
    change: null,
  };
});

const [started, cpu] = [performance.now(), process.cpuUsage()];
const { patches } = judgeBatch(
  { batch: { year: 2024, period: 9 }, drafts, boundaries, previous: [], usedNumbers: [], decided: [] },
  { crs, rules: supervisionRules2024, weights: coldStartWeights, knownOn: '2024-12-01', detectedPositionMetres: 0 },
);
const seconds = (performance.now() - started) / 1000;
const used = process.cpuUsage(cpu);
const verdicts = new Map<string, number>();
for (const { judgement } of patches) verdicts.set(judgement.verdict, (verdicts.get(judgement.verdict) ?? 0) + 1);
console.log(
  `${patches.length} patches × ${boundaries.length} boundary versions: ${seconds.toFixed(1)} s, ` +
    `${((used.user + used.system) / 1e6).toFixed(1)} s of processor, ` +
    `${(process.memoryUsage.rss() / 2 ** 20).toFixed(0)} MB`,
);
console.log([...verdicts].map(([verdict, count]) => `${verdict} ${count}`).join('  '));
