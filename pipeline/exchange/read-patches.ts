import type { FirstDisturbed } from '../../models/disturbance/boundary-versions.ts';
import type { PatchType } from '../../models/disturbance/plan-duties.ts';
import { ellipsoidalAreaSquareMetres } from '../formats/polygon-area.ts';
import type { GeometryRepair } from '../formats/vector-read.ts';
import type { Text } from '../messages/text.ts';
import { type PatchDraft, unknownSurroundings } from '../supervision/patch-record.ts';
import { dayOf, textOf } from './cells.ts';
import type { QuarantinedRow } from './quarantine.ts';
import { type NamedFeature, type ReadFeaturesOptions, readFeatures } from './read-features.ts';

export interface PatchRows {
  readonly drafts: readonly PatchDraft[];
  /** Coordinate system of the file; that of the rows in quarantine. */
  readonly crs: string;
  readonly quarantine: readonly QuarantinedRow[];
  readonly repairs: readonly GeometryRepair[];
}

export interface ReadPatchesOptions extends ReadFeaturesOptions {
  /** Level that issued patches whose rows do not say. */
  readonly issuer: string;
  /** Day of the imagery of patches whose rows do not say. */
  readonly imageDate?: string;
  /** Day of the imagery before: new ground without a day of its own was not yet disturbed then. */
  readonly previousImageDate?: string;
}

/** 扰动变化类型 of ground that is new since the imagery before. */
const newGround = ['新增', '新建'];

/** Fields that have a place of their own; the rest is kept as it came. */
export const patchFields = ['QDNM', 'QTYPE', 'QDTYPE', 'XZQDM', 'IMG_DATE', 'FST_DATE', 'ISSUER'] as const;

const types: readonly PatchType[] = ['弃土(渣)场', '取土(石)场', '其他扰动', '非生产建设项目'];
const otherNames: Readonly<Record<string, PatchType>> = { 弃渣场: '弃土(渣)场', 取土场: '取土(石)场', '': '其他扰动' };

/** Patches of others with the official fields. Numbers stay text; rows without number or image day go to quarantine. */
export async function readPatches(path: string, options: ReadPatchesOptions): Promise<PatchRows> {
  const { crs, features, quarantine, repairs } = await readFeatures(path, options);
  const drafts: PatchDraft[] = [];
  const refused = [...quarantine];
  for (const feature of features) {
    const draft = patchDraft(feature, crs, options);
    if ('reason' in draft) refused.push({ ...feature, reason: draft.reason });
    else drafts.push(draft);
  }
  return { drafts, crs, quarantine: refused, repairs };
}

function patchDraft(
  { fid, geometry, attributes }: NamedFeature,
  crs: string,
  options: ReadPatchesOptions,
): PatchDraft | { reason: Text } {
  const text = (name: (typeof patchFields)[number]) => textOf(attributes[name]);
  const number = text('QDNM');
  const written = text('QTYPE');
  const type = types.find((each) => each === written) ?? otherNames[written];
  const imaged = dayOf(attributes.IMG_DATE);
  const imageDate = imaged === null ? options.imageDate : imaged;
  const first = dayOf(attributes.FST_DATE);
  if (number === '') return { reason: { zh: '没有图斑编号（QDNM）', en: 'no patch number (QDNM)' } };
  if (type === undefined)
    return { reason: { zh: `扰动图斑类型不明：“${written}”`, en: `unknown type (QTYPE) “${written}”` } };
  if (imageDate === undefined || first === undefined)
    return {
      reason: { zh: '没有影像日期，或日期无法识别', en: 'no day of the imagery, or a day that cannot be read' },
    };
  const county = text('XZQDM');
  const isNew = newGround.includes(text('QDTYPE')) && options.previousImageDate !== undefined;
  const earliest = isNew ? options.previousImageDate! : null;
  const disturbed: FirstDisturbed =
    first === null ? { earliest, latest: imageDate } : { earliest: first, latest: first };
  const own: ReadonlySet<string> = new Set(patchFields);
  return {
    key: `I${fid}`,
    source: {
      kind: 'imported',
      issuer: text('ISSUER') || options.issuer,
      number,
      attributes: Object.fromEntries(Object.entries(attributes).filter(([name]) => !own.has(name))),
    },
    type,
    imageDate,
    disturbed,
    crs,
    geometry,
    areaSquareMetres: ellipsoidalAreaSquareMetres(geometry, crs),
    counties: county === '' ? [] : [{ code: county, share: 1 }],
    ground: null,
    surroundings: unknownSurroundings,
    change: text('QDTYPE') || null,
  };
}
