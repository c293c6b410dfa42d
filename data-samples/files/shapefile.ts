import type { Position, SampleFeature } from '../zones/polygons.ts';
import { type DbfField, dbfTable } from './dbf.ts';
import { type ByteFile, textFile } from './region-file.ts';

const polygonType = 5;
const headBytes = 100;

/** The system of the region as desktop programs write it into a .prj file. */
const projection =
  'PROJCS["CGCS2000_3_Degree_GK_CM_105E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",' +
  'DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],' +
  'UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],' +
  'PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",105.0],PARAMETER["Scale_Factor",1.0],' +
  'PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]';

interface Box {
  west: number;
  south: number;
  east: number;
  north: number;
}

/**
 * Polygons as a Shapefile with attributes in GBK, as county offices hand them in.
 *
 * @param path of the .shp file; the companions lie beside it.
 * @param codePage whether a .cpg file names the encoding; without it only the language byte of the table does.
 */
export function shapefile(
  path: string,
  features: readonly SampleFeature[],
  fields: readonly DbfField[],
  codePage: boolean,
): ByteFile[] {
  const base = path.replace(/\.shp$/, '');
  const records = features.map(polygonRecord);
  const total = records.reduce((sum, { bytes }) => sum + 8 + bytes.length, headBytes);
  const box = emptyBox();
  for (const record of records) {
    extend(box, [record.box.west, record.box.south]);
    extend(box, [record.box.east, record.box.north]);
  }
  const shapes = new Uint8Array(total);
  const index = new Uint8Array(headBytes + records.length * 8);
  writeHead(shapes, box);
  writeHead(index, box);
  const shapesView = new DataView(shapes.buffer);
  const indexView = new DataView(index.buffer);
  let at = headBytes;
  records.forEach(({ bytes }, n) => {
    // Lengths and places count 16-bit words.
    indexView.setInt32(headBytes + n * 8, at / 2);
    indexView.setInt32(headBytes + n * 8 + 4, bytes.length / 2);
    shapesView.setInt32(at, n + 1);
    shapesView.setInt32(at + 4, bytes.length / 2);
    shapes.set(bytes, at + 8);
    at += 8 + bytes.length;
  });
  const table = dbfTable(
    fields,
    features.map((feature) => feature.properties),
  );
  return [
    { kind: 'bytes', path: `${base}.shp`, bytes: shapes },
    { kind: 'bytes', path: `${base}.shx`, bytes: index },
    { kind: 'bytes', path: `${base}.dbf`, bytes: table },
    textFile(`${base}.prj`, projection),
    ...(codePage ? [textFile(`${base}.cpg`, 'GBK')] : []),
  ];
}

/** Shells go clockwise and holes the other way in a Shapefile: every ring is turned round. */
function polygonRecord({ geometry }: SampleFeature): { bytes: Uint8Array; box: Box } {
  const rings = geometry.coordinates.flat().map((ring) => [...ring].reverse());
  const points = rings.flat();
  const box = emptyBox();
  for (const point of points) extend(box, point);
  const bytes = new Uint8Array(44 + rings.length * 4 + points.length * 16);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, polygonType, true);
  writeBox(view, 4, box);
  view.setInt32(36, rings.length, true);
  view.setInt32(40, points.length, true);
  let first = 0;
  rings.forEach((ring, n) => {
    view.setInt32(44 + n * 4, first, true);
    first += ring.length;
  });
  points.forEach(([x, y], n) => {
    const at = 44 + rings.length * 4 + n * 16;
    view.setFloat64(at, x, true);
    view.setFloat64(at + 8, y, true);
  });
  return { bytes, box };
}

function writeHead(bytes: Uint8Array, box: Box): void {
  const view = new DataView(bytes.buffer);
  view.setInt32(0, 9994);
  view.setInt32(24, bytes.length / 2);
  view.setInt32(28, 1000, true);
  view.setInt32(32, polygonType, true);
  writeBox(view, 36, box);
}

function writeBox(view: DataView, at: number, box: Box): void {
  [box.west, box.south, box.east, box.north].forEach((value, n) => {
    view.setFloat64(at + n * 8, value, true);
  });
}

const emptyBox = (): Box => ({ west: Infinity, south: Infinity, east: -Infinity, north: -Infinity });

function extend(box: Box, [x, y]: Position): void {
  box.west = Math.min(box.west, x);
  box.south = Math.min(box.south, y);
  box.east = Math.max(box.east, x);
  box.north = Math.max(box.north, y);
}
