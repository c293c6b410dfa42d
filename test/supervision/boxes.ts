import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { coldStartWeights } from '../../models/disturbance/ranking.ts';
import { supervisionRules2024 } from '../../models/disturbance/rules/supervision-2024.ts';
import { FileJournal } from '../../pipeline/catalog/file-journal.ts';
import type { BoundaryRow } from '../../pipeline/exchange/read-boundaries.ts';
import type { Geometry } from '../../pipeline/formats/geometry.ts';
import { ellipsoidalAreaSquareMetres } from '../../pipeline/formats/polygon-area.ts';
import { DirectoryStore } from '../../pipeline/store/directory-store.ts';
import { knownBefore } from '../../pipeline/supervision/judging.ts';
import { type BatchSettings, newBatch, type PatchBatch } from '../../pipeline/supervision/patch-batch.ts';
import { type PatchDraft, unknownSurroundings } from '../../pipeline/supervision/patch-record.ts';
import { SupervisionRegister } from '../../pipeline/supervision/register.ts';

/* Patches and boundaries that are boxes, metres from a corner in a zone of Gauss–Krüger. */

export type BoxCorners = readonly [x0: number, y0: number, x1: number, y1: number];

export const crs = 'EPSG:4544';
const [originX, originY] = [500_000, 3_900_000];

export function boxGeometry([x0, y0, x1, y1]: BoxCorners): Geometry {
  const [west, south, east, north] = [originX + x0, originY + y0, originX + x1, originY + y1];
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ] as const;
  return { type: 'MultiPolygon', coordinates: [[ring]] };
}

export function boxBoundary(project: string, box: BoxCorners, more: Partial<BoundaryRow> = {}): BoundaryRow {
  const geometry = boxGeometry(box);
  return {
    project,
    kind: '防治责任范围',
    approved: '2022-01-01',
    validTo: null,
    cancelled: null,
    accepted: null,
    name: project,
    approvalNumber: '',
    state: '',
    sourceDocument: 'f.shp#0',
    crs,
    geometry,
    areaSquareMetres: ellipsoidalAreaSquareMetres(geometry, crs),
    attributes: {},
    ...more,
  };
}

export function boxDraft(number: string | null, box: BoxCorners, more: Partial<PatchDraft> = {}): PatchDraft {
  const geometry = boxGeometry(box);
  return {
    key: `I${number ?? box.join(' ')}`,
    source: { kind: 'imported', issuer: '部', number, attributes: {} },
    type: '其他扰动',
    imageDate: '2024-09-12',
    disturbed: { earliest: '2024-04-01', latest: '2024-09-12' },
    crs,
    geometry,
    areaSquareMetres: ellipsoidalAreaSquareMetres(geometry, crs),
    counties: [{ code: '621121', share: 1 }],
    ground: null,
    surroundings: unknownSurroundings,
    change: null,
    ...more,
  };
}

export const settings: BatchSettings = {
  crs,
  detectedPositionMetres: 0,
  rules: supervisionRules2024,
  weights: coldStartWeights,
  knownOn: '2024-10-01',
  layers: [],
};

/** A register of its own in a new folder. */
export interface BoxRegister {
  readonly register: SupervisionRegister;
  readonly workspace: string;
  importBoundaries(rows: readonly BoundaryRow[], knownFrom: string): Promise<void>;
  /** Judges drafts as a batch, with all that the register holds, and keeps it. */
  keep(name: string, drafts: readonly PatchDraft[], more?: Partial<BatchSettings>): Promise<PatchBatch>;
  remove(): void;
}

export function boxRegister(): BoxRegister {
  const workspace = mkdtempSync(join(tmpdir(), 'shuibao-boxes-'));
  const journal = new FileJournal(join(workspace, 'journal.jsonl'));
  const register = new SupervisionRegister(journal, new DirectoryStore(join(workspace, 'store'), { durable: false }));
  const actor = { by: '王', at: '2024-10-01T08:00:00Z' };
  return {
    register,
    workspace,
    importBoundaries: async (rows, knownFrom) => {
      await register.importBoundaries(
        { file: 'f.shp', sha256: '0'.repeat(64), rows, quarantined: 0, knownFrom },
        actor,
      );
    },
    keep: async (name, drafts, more = {}) => {
      const before = await knownBefore(register, name);
      const batch = newBatch(name, drafts, await register.boundaries(), before, { ...settings, ...more });
      await register.keepBatch(batch, 'import', actor);
      return batch;
    },
    remove: () => rmSync(workspace, { recursive: true, force: true }),
  };
}
