import { basename } from 'node:path';
import { textOf } from '../exchange/cells.ts';
import { readFeatures } from '../exchange/read-features.ts';
import { requireField } from '../exchange/require-field.ts';
import type { Geometry, Position } from '../formats/geometry.ts';
import { placedIn } from '../formats/placed-in.ts';
import {
  anyShape,
  distanceBetween,
  type PlanarShape,
  shapeArea,
  shapeOf,
  sharedArea,
  unionOf,
} from '../formats/planar-shapes.ts';
import { readVector } from '../formats/vector-read.ts';
import { userError } from '../messages/user-error.ts';
import { BoxIndex, boxAround, boxOf, grown } from '../overlay/box-index.ts';
import type { PatchDraft, PatchSurroundings } from './patch-record.ts';

/** Layers about what lies around patches, as files; what is left out stays unknown. */
export interface SurroundingFiles {
  /** 水土流失重点预防区、重点治理区: polygons. */
  readonly keyAreas?: string;
  /** Attribute that names a key area; its kind and name are told from the usual fields where left out. */
  readonly keyAreaField?: string;
  /** Rivers, lakes and reservoirs: lines or polygons. */
  readonly water?: string;
}

export interface SurroundingOptions {
  /** Projected system in metres, conformal, in which distances and shares are measured. */
  readonly crs: string;
  /** How far from a patch water is looked for. */
  readonly waterSearchMetres: number;
}

/** Usual names of the attribute that tells what a key area is. */
const nameFields = ['名称', 'NAME', 'MC', 'FQMC', 'ZDQMC', '类型', 'TYPE', 'LX'];

/** Drafts with the shares of key areas and the distance to water that the layers tell. */
export async function withSurroundings(
  drafts: readonly PatchDraft[],
  files: SurroundingFiles,
  options: SurroundingOptions,
): Promise<PatchDraft[]> {
  const keyAreas =
    files.keyAreas === undefined ? undefined : await keyAreaMeasure(files.keyAreas, files.keyAreaField, options);
  const water = files.water === undefined ? undefined : await waterMeasure(files.water, options);
  if (keyAreas === undefined && water === undefined) return [...drafts];
  return drafts.map((draft) => {
    const geometry = placedIn(draft.geometry, draft.crs, options.crs);
    const shape = shapeOf(geometry);
    return {
      ...draft,
      surroundings: {
        ...draft.surroundings,
        ...(keyAreas?.(geometry, shape) ?? {}),
        ...(water === undefined ? {} : { water: nearer(draft.surroundings.water, water(geometry, shape), options) }),
      },
    };
  });
}

type KeyAreaShares = Pick<PatchSurroundings, 'keyAreas' | 'keyAreaShare'>;

async function keyAreaMeasure(
  path: string,
  field: string | undefined,
  { crs }: SurroundingOptions,
): Promise<(geometry: Geometry, shape: PlanarShape) => KeyAreaShares> {
  const { features, crs: from } = await readFeatures(path);
  if (features.length === 0)
    throw userError('key-areas-empty', basename(path), {
      zh: '没有可用的重点区（面）',
      en: 'has no usable polygons of key areas',
    });
  const known = new Set(features.flatMap(({ attributes }) => Object.keys(attributes)));
  if (field !== undefined) requireField(path, field, [...known]);
  const nameField = field ?? nameFields.find((each) => known.has(each));
  const areas = features.map(({ fid, geometry, attributes }) => {
    const placed = placedIn(geometry, from, crs);
    const name = nameField === undefined ? '' : textOf(attributes[nameField]);
    return { name: name || `#${fid}`, geometry: placed, shape: shapeOf(placed) };
  });
  const index = new BoxIndex(areas, (area) => boxOf(area.geometry), 5000);
  return (geometry, shape) => {
    const all = shapeArea(shape);
    const near = index.search(boxOf(geometry));
    const shareIn = (area: PlanarShape): number => Math.min(1, sharedArea(shape, area) / all);
    const byName = new Map<string, PlanarShape[]>();
    for (const area of near) byName.set(area.name, [...(byName.get(area.name) ?? []), area.shape]);
    const keyAreas = [...byName]
      .map(([name, shapes]) => ({ name, share: shareIn(unionOf(shapes)!) }))
      .filter(({ share }) => share > 0)
      .sort((a, b) => b.share - a.share || (a.name < b.name ? -1 : 1));
    const union = unionOf(near.map((area) => area.shape));
    return { keyAreas, keyAreaShare: union === undefined ? 0 : shareIn(union) };
  };
}

/** Long lines are looked at in pieces of this many corners, so that a river across the county does not count for every patch. */
const cornersPerPiece = 64;

async function waterMeasure(
  path: string,
  { crs, waterSearchMetres }: SurroundingOptions,
): Promise<(geometry: Geometry, shape: PlanarShape) => number | null> {
  const { features } = await readVector(path, { targetCrs: crs });
  const pieces = features.flatMap(({ geometry }) => (geometry === null ? [] : piecesOf(geometry)));
  if (pieces.length === 0)
    throw userError('water-empty', basename(path), {
      zh: '没有可用的水系线或面',
      en: 'has no usable lines or polygons of water',
    });
  const index = new BoxIndex(pieces, ({ box }) => box, 2000);
  return (geometry, shape) => {
    let nearest: number | null = null;
    for (const piece of index.search(grown(boxOf(geometry), waterSearchMetres))) {
      const metres = distanceBetween(shape, piece.shape());
      if (metres <= waterSearchMetres && (nearest === null || metres < nearest)) nearest = metres;
    }
    return nearest;
  };
}

function piecesOf(geometry: Geometry) {
  const piece = (part: Geometry, positions: readonly Position[]) => {
    let shape: PlanarShape | undefined;
    return { box: boxAround(positions), shape: () => (shape ??= anyShape(part)) };
  };
  const line = (positions: readonly Position[]) => {
    const pieces = [];
    for (let at = 0; at + 1 < positions.length; at += cornersPerPiece - 1) {
      const coordinates = positions.slice(at, at + cornersPerPiece);
      pieces.push(piece({ type: 'LineString', coordinates }, coordinates));
    }
    return pieces;
  };
  const parts = (each: Geometry): ReturnType<typeof line> => {
    switch (each.type) {
      case 'Point':
      case 'MultiPoint':
        return [];
      case 'LineString':
        return line(each.coordinates);
      case 'MultiLineString':
        return each.coordinates.flatMap(line);
      case 'Polygon':
        return [piece(each, each.coordinates[0] ?? [])];
      case 'MultiPolygon':
        return each.coordinates.flatMap((coordinates) => parts({ type: 'Polygon', coordinates }));
      case 'GeometryCollection':
        return each.geometries.flatMap(parts);
    }
  };
  return parts(geometry);
}

/** The nearer of what a map and a layer say. */
function nearer(
  mapped: PatchSurroundings['water'],
  metres: number | null,
  { waterSearchMetres }: SurroundingOptions,
): PatchSurroundings['water'] {
  const found = [mapped?.metres, metres].filter((each) => each !== null && each !== undefined);
  return { metres: found.length === 0 ? null : Math.min(...found), searchedMetres: waterSearchMetres };
}
