import type { Verdict } from '../../models/disturbance/rules/verdict-rules.ts';
import type { Journal } from '../../pipeline/catalog/journal.ts';
import type { Geometry } from '../../pipeline/formats/geometry.ts';
import type { ArtifactStore } from '../../pipeline/store/artifact-store.ts';
import type { RegisteredBoundary } from '../../pipeline/supervision/boundary.ts';
import type { PatchBatch } from '../../pipeline/supervision/patch-batch.ts';
import type { PatchRecord } from '../../pipeline/supervision/patch-record.ts';
import { SupervisionRegister } from '../../pipeline/supervision/register.ts';
import type { JsonValue } from '../../pipeline/tasks/task.ts';

const verdicts: readonly Verdict[] = ['合规', '疑似未批先建', '疑似超出防治责任范围', '待核边界'];
const tiers = ['无风险', '低风险', '中风险', '高风险'] as const;

/** A square of 0.01° whose south-west corner is at the given tenths of degrees. */
const square = (x: number, y: number): Geometry => ({
  type: 'Polygon',
  coordinates: [
    [
      [x, y],
      [x + 0.01, y],
      [x + 0.01, y + 0.01],
      [x, y + 0.01],
      [x, y],
    ],
  ],
});

/** A patch of a made-up batch; all that the catalog looks at is there, and differs from patch to patch. */
export function madeUpPatch(batch: string, at: number): PatchRecord {
  const [year, period] = batch.split('-').map(Number);
  return {
    key: `k${at}`,
    number: `51018${at % 3}_${at.toString().padStart(5, '0')}`,
    batch: { year: year!, period: period! },
    source: { kind: 'imported', issuer: '部', number: at % 2 === 0 ? `S${at}` : null, attributes: { MEMO: 'a\0b' } },
    type: '其他扰动',
    imageDate: '2024-09-01',
    disturbed: { earliest: null, latest: '2024-09-01' },
    crs: 'EPSG:4490',
    geometry: square(103 + (at % 50) / 50, 30 + Math.floor(at / 50) / 50),
    areaSquareMetres: 1_000 + at,
    counties: [{ code: `51018${at % 3}`, share: 1 }],
    ground: null,
    change: null,
    lineage: { parents: at % 5 === 0 ? ['before'] : [], isSplit: false, change: '新增' },
    measures: { boundaries: [] },
    judgement: {
      verdict: verdicts[(at * 7) % verdicts.length]!,
      excessSquareMetres: at / 3,
      card: { rule: `R${at % 4}`, numbers: { area: at } },
      flags: [],
    },
    looked: [],
    risk: { tier: tiers[(at * 5) % tiers.length]!, reason: '' },
    // Many of the same score, so that their order depends on the number.
    ranking: { score: ((at * 37) % 11) / 10 + 0.1 / 3, reasons: [] },
  } as unknown as PatchRecord;
}

export function madeUpBatch(name: string, patches: number): PatchBatch {
  const records = Array.from({ length: patches }, (_, at) => madeUpPatch(name, at));
  return {
    name,
    crs: 'EPSG:4490',
    rules: 'r@1',
    weights: 'w@1',
    knownOn: '2024-12-01',
    patches: records,
    ended: ['gone'],
  } as unknown as PatchBatch;
}

export function madeUpBoundary(project: string, version: number, knownFrom: string): RegisteredBoundary {
  return {
    project,
    version,
    kind: '防治责任范围',
    approved: '2022-05-01',
    validTo: null,
    cancelled: null,
    accepted: null,
    knownFrom,
    name: `${project} 工程`,
    approvalNumber: '1',
    sourceDocument: 'f.shp#1',
    state: '',
    crs: 'EPSG:4490',
    geometry: square(103 + version / 10, 30),
    areaSquareMetres: 1e6,
    attributes: {},
  } as RegisteredBoundary;
}

const actor = (day: number) => ({ by: '张', at: `2024-12-${String(day).padStart(2, '0')}T08:00:00Z` });

export interface Decided {
  readonly patch: string;
  readonly decision: string;
  readonly supersedes: number | null;
}

/** Entries such as commands write: boundaries of two days, a batch, judged again, decisions, one of them reopened. */
export async function madeUpHistory(journal: Journal, store: ArtifactStore, patches: number): Promise<void> {
  const register = new SupervisionRegister(journal, store);
  const rows = (projects: readonly string[], knownFrom: string, version: number) => ({
    file: 'f.shp',
    sha256: '0'.repeat(64),
    quarantined: 0,
    knownFrom,
    rows: projects.map((project) => ({
      ...madeUpBoundary(project, version, knownFrom),
      name: `${project} ${version}`,
    })),
  });
  await register.importBoundaries(rows(['P1', 'P2', '前导'], '2024-01-15', 1), actor(1));
  await register.keepBatch(madeUpBatch('2024-08', 3), 'import a', actor(2));
  await register.keepBatch(madeUpBatch('2024-09', 2), 'import b', actor(3));
  await register.importBoundaries(rows(['P2'], '2024-06-01', 2), actor(4));
  await register.keepBatch(madeUpBatch('2024-09', patches), 'overlay', actor(5));
  const decide = (patch: number, decision: string, supersedes: number | null) => ({
    ...actor(6),
    kind: 'patches.decide',
    body: {
      patch: madeUpPatch('2024-09', patch).number,
      batch: '2024-09',
      decision,
      unlawful: null,
      reason: '现场',
      decidedOn: '2024-12-06',
      supersedes,
    } as JsonValue,
  });
  await journal.append([decide(0, '合规', null), decide(1, '违法', null), decide(0, '违法', 6)]);
  const reopened = { patch: madeUpPatch('2024-09', 1).number, batch: '2024-09', reopens: 7, decision: '违法' };
  await journal.append([{ ...actor(7), kind: 'patches.reopen', body: reopened }]);
  await journal.append([{ ...actor(8), kind: 'of a later edition', body: {} }]);
}
