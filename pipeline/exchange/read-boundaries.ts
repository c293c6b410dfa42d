import type { BoundaryKind } from '../../models/disturbance/boundary-versions.ts';
import { ellipsoidalAreaSquareMetres } from '../formats/polygon-area.ts';
import type { GeometryRepair } from '../formats/vector-read.ts';
import type { Text } from '../messages/text.ts';
import type { RegisteredBoundary } from '../supervision/boundary.ts';
import { dayOf, textOf } from './cells.ts';
import type { QuarantinedRow } from './quarantine.ts';
import { type NamedFeature, type ReadFeaturesOptions, readFeatures } from './read-features.ts';

/** A boundary as a file has it; the register gives it its version and the day it became known. */
export type BoundaryRow = Omit<RegisteredBoundary, 'version' | 'knownFrom'>;

export interface BoundaryRows {
  readonly rows: readonly BoundaryRow[];
  /** Coordinate system of the file; that of the rows in quarantine. */
  readonly crs: string;
  readonly quarantine: readonly QuarantinedRow[];
  readonly repairs: readonly GeometryRepair[];
}

/** Official fields that have a place of their own in the register. */
export const boundaryFields = [
  'SWC_P_ID',
  'PRO_NAME',
  'VEC_TYPE',
  'RP_NUM',
  'RP_TIME',
  'VLD_TO',
  'CNCL_TIME',
  'ACPT_TIME',
  'CST_STATE',
] as const;

const kinds: readonly BoundaryKind[] = ['防治责任范围', '示意性范围'];

export interface ReadBoundariesOptions extends ReadFeaturesOptions {
  /** Kind of boundaries whose rows name none. */
  readonly kind?: BoundaryKind;
}

/**
 * Approved boundaries of a vector file with the official fields. Rows without project number, approval day or kind, and rows
 * with days that are none, go to quarantine.
 */
export async function readBoundaries(
  path: string,
  shown: string,
  options: ReadBoundariesOptions = {},
): Promise<BoundaryRows> {
  const { crs, features, quarantine, repairs } = await readFeatures(path, options);
  const rows: BoundaryRow[] = [];
  const refused = [...quarantine];
  for (const feature of features) {
    const row = boundaryRow(feature, crs, shown, options.kind);
    if ('reason' in row) refused.push({ ...feature, reason: row.reason });
    else rows.push(row);
  }
  return { rows, crs, quarantine: refused, repairs };
}

function boundaryRow(
  { fid, geometry, attributes }: NamedFeature,
  crs: string,
  shown: string,
  defaultKind: BoundaryKind | undefined,
): BoundaryRow | { reason: Text } {
  const text = (name: (typeof boundaryFields)[number]) => textOf(attributes[name]);
  const day = (name: (typeof boundaryFields)[number]) => dayOf(attributes[name]);
  const project = text('SWC_P_ID');
  const kind = kinds.find((each) => each === text('VEC_TYPE')) ?? (text('VEC_TYPE') === '' ? defaultKind : undefined);
  const [approved, validTo, cancelled, accepted] = [day('RP_TIME'), day('VLD_TO'), day('CNCL_TIME'), day('ACPT_TIME')];
  if (project === '') return { reason: { zh: '没有项目编号（SWC_P_ID）', en: 'no project number (SWC_P_ID)' } };
  if (kind === undefined)
    return {
      reason: { zh: `矢量化类型不明：“${text('VEC_TYPE')}”`, en: `unknown kind (VEC_TYPE) “${text('VEC_TYPE')}”` },
    };
  if (approved === undefined || validTo === undefined || cancelled === undefined || accepted === undefined)
    return { reason: { zh: '日期无法识别', en: 'a day cannot be read' } };
  if (approved === null) return { reason: { zh: '没有批复时间（RP_TIME）', en: 'no day of approval (RP_TIME)' } };
  const own: ReadonlySet<string> = new Set(boundaryFields);
  return {
    project,
    kind,
    approved,
    validTo,
    cancelled,
    accepted,
    name: text('PRO_NAME'),
    approvalNumber: text('RP_NUM'),
    state: text('CST_STATE'),
    sourceDocument: `${shown}#${fid}`,
    crs,
    geometry,
    areaSquareMetres: ellipsoidalAreaSquareMetres(geometry, crs),
    attributes: Object.fromEntries(Object.entries(attributes).filter(([name]) => !own.has(name))),
  };
}
