import { extname } from 'node:path';
import { simplifyOutline } from '../../models/disturbance/simplify-outline.ts';
import { erosionClassesSl190 } from '../../models/parameters/erosion-classes-sl190.ts';
import { type Geometry, polygonsOf } from '../formats/geometry.ts';
import { placedIn } from '../formats/placed-in.ts';
import { type OutputFeature, type OutputField, writeVector } from '../formats/vector-write.ts';
import type { DecisionHistory, RecordedDecision } from '../supervision/decision-history.ts';
import type { PatchRecord } from '../supervision/patch-record.ts';
import { patchFields } from './read-patches.ts';

/** Fields of the official patch table, with those of this product after them. */
export const exportedFields: readonly OutputField[] = [
  { name: 'QDNM', type: 'text' },
  { name: 'PRID', type: 'text', width: 254 },
  { name: 'QTYPE', type: 'text' },
  { name: 'QAREA', type: 'number' },
  { name: 'EAREA', type: 'number' },
  { name: 'QDTYPE', type: 'text' },
  { name: 'BYD', type: 'text' },
  { name: 'SEROSION', type: 'text' },
  { name: 'ISFOCUS', type: 'whole' },
  { name: 'ISREVIEW', type: 'whole' },
  { name: 'XZQDM', type: 'text' },
  { name: 'XZQDMS', type: 'text', width: 254 },
  { name: 'IMG_DATE', type: 'text' },
  { name: 'FST_DATE', type: 'text' },
  { name: 'ISSUER', type: 'text' },
  { name: 'SRCQDNM', type: 'text' },
  { name: 'PREVQDNM', type: 'text', width: 254 },
  { name: 'DCDQDNM', type: 'text' },
  { name: 'KEYSHARE', type: 'number' },
  { name: 'WATERDIST', type: 'number' },
  { name: 'RISK', type: 'text' },
  { name: 'SCORE', type: 'number' },
  { name: 'RULEID', type: 'text' },
  { name: 'RULESET', type: 'text' },
];

const rounded = (value: number, decimals: number): number => Math.round(value * 10 ** decimals) / 10 ** decimals;

/** Exchange system of the deliverables: CGCS2000, longitude and latitude. */
export const exchangeCrs = 'EPSG:4490';

export interface WritePatchesOptions {
  readonly crs?: string;
  /** Share of its area by which the outline of a detected patch may change when it is simplified; 0 follows the cells. */
  readonly simplifyShare?: number;
  /** What people decided: it takes the place of the proposed verdict. */
  readonly decisions?: DecisionHistory;
}

/**
 * Writes patches with the official fields; attributes that came with imported patches go along, so that nothing is lost on
 * the way through.
 */
export function writePatches(path: string, patches: readonly PatchRecord[], options: WritePatchesOptions = {}): void {
  const { crs = exchangeCrs, simplifyShare = 0, decisions } = options;
  const own = new Set(exportedFields.map(({ name }) => name));
  const others = new Map<string, OutputField>();
  for (const { source } of patches)
    for (const [name, value] of Object.entries(source.attributes)) {
      if (own.has(name)) continue;
      const type = typeof value === 'number' ? 'number' : 'text';
      const known = others.get(name);
      others.set(name, { name, type: known !== undefined && known.type !== type ? 'text' : type, width: 254 });
    }
  // A Shapefile carries ten characters of a name; longer ones would collide in silence.
  const isShort = ({ name }: OutputField): boolean => extname(path).toLowerCase() !== '.shp' || name.length <= 10;
  const fields = [...exportedFields, ...[...others.values()].filter(isShort)];
  const kept = new Set(fields.map(({ name }) => name));
  writeVector(path, {
    crs,
    fields,
    features: patches.map((patch) => feature(patch, decisions?.of(patch.number).current, crs, simplifyShare, kept)),
  });
}

function outline({ geometry, source }: PatchRecord, share: number): Geometry {
  if (share === 0 || source.kind !== 'detected') return geometry;
  return { type: 'MultiPolygon', coordinates: simplifyOutline(polygonsOf(geometry), share).polygons };
}

function feature(
  patch: PatchRecord,
  decision: RecordedDecision | undefined,
  crs: string,
  simplifyShare: number,
  kept: ReadonlySet<string>,
): OutputFeature {
  const { source, disturbed, judgement, lineage, measures, surroundings } = patch;
  const foreign = Object.entries(source.attributes)
    .filter(([name]) => kept.has(name) && !(patchFields as readonly string[]).includes(name))
    .map(([name, value]) => [name, typeof value === 'boolean' ? String(value) : value] as const);
  const main = patch.ground?.intensity[0]?.to;
  return {
    geometry: placedIn(outline(patch, simplifyShare), patch.crs, crs),
    properties: {
      ...Object.fromEntries(foreign),
      QDNM: patch.number,
      PRID: measures.boundaries.map(({ project }) => project).join(','),
      QTYPE: patch.type,
      QAREA: rounded(patch.areaSquareMetres / 10_000, 4),
      EAREA: rounded(judgement.excessSquareMetres / 10_000, 4),
      QDTYPE: patch.change ?? lineage.change,
      BYD: decision?.decision ?? judgement.verdict,
      SEROSION: erosionClassesSl190.find(({ code }) => code === main)?.name.zh ?? null,
      ISFOCUS: patch.risk.tier === '高风险' || patch.risk.tier === '中风险' ? 1 : 0,
      ISREVIEW: decision !== undefined && decision.fieldReview !== null ? 1 : 0,
      XZQDM: patch.counties[0]?.code ?? null,
      XZQDMS: patch.counties.map(({ code }) => code).join(','),
      IMG_DATE: patch.imageDate,
      FST_DATE: disturbed.earliest !== null && disturbed.earliest === disturbed.latest ? disturbed.earliest : null,
      ISSUER: source.issuer,
      SRCQDNM: source.number,
      PREVQDNM: lineage.parents.join(','),
      DCDQDNM: patch.decided?.to ?? null,
      KEYSHARE: surroundings.keyAreas === null ? null : rounded(surroundings.keyAreaShare, 4),
      WATERDIST: surroundings.water?.metres == null ? null : rounded(surroundings.water.metres, 1),
      RISK: patch.risk.tier,
      SCORE: rounded(patch.ranking.score, 6),
      RULEID: judgement.card.rule,
      RULESET: `${judgement.card.rules}@${judgement.card.rulesVersion}`,
    },
  };
}
