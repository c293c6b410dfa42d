import type { GeoreferenceInspection } from './inspection.ts';
import type { TiffDirectory, TiffReader } from './tiff-tags.ts';

const userDefined = 32767;

/** What the GeoTIFF keys and georeference tags of a file say, before any library reads them. */
export interface GeoKeys {
  readonly modelType?: number;
  readonly pixelIsPoint: boolean;
  readonly projectedCode?: number;
  readonly geographicCode?: number;
  readonly citation?: string;
  readonly userDefined: boolean;
  readonly present: boolean;
}

/** Reads the GeoKeyDirectory; damaged keys are left out. */
export function readGeoKeys(reader: TiffReader, directory: TiffDirectory): GeoKeys {
  const keys = reader.numbers(directory, 34735);
  if (!keys || keys.length < 4) return { pixelIsPoint: false, userDefined: false, present: false };
  const ascii = reader.text(directory, 34737) ?? '';
  const short = new Map<number, number>();
  const texts: string[] = [];
  const count = Math.min(keys[3]!, Math.floor((keys.length - 4) / 4));
  for (let index = 0; index < count; index++) {
    const at = 4 + index * 4;
    const [key, location, length, value] = [keys[at]!, keys[at + 1]!, keys[at + 2]!, keys[at + 3]!];
    if (location === 0) short.set(key, value);
    // GTCitation, GeogCitation and PCSCitation; writers hide ESRI WKT in any of them.
    else if (location === 34737 && [1026, 2049, 3073].includes(key))
      texts.push(ascii.slice(value, value + length).replace(/\|+$/, ''));
  }
  const projectedCode = short.get(3072);
  const geographicCode = short.get(2048);
  const modelType = short.get(1024);
  const ruling = modelType === 2 ? geographicCode : projectedCode;
  return {
    modelType,
    pixelIsPoint: short.get(1025) === 2,
    projectedCode: projectedCode === userDefined ? undefined : projectedCode,
    geographicCode: geographicCode === userDefined ? undefined : geographicCode,
    citation: texts.length > 0 ? texts.join(' | ') : undefined,
    userDefined: ruling === userDefined,
    present: true,
  };
}

type Affine = [number, number, number, number, number, number];

/** Position of the raster from ModelTransformation, or tie point and pixel scale, or several tie points (GCPs). */
export function readGeoreference(reader: TiffReader, directory: TiffDirectory, keys: GeoKeys): GeoreferenceInspection {
  const matrix = reader.numbers(directory, 34264);
  const scale = reader.numbers(directory, 33550);
  const ties = reader.numbers(directory, 33922);
  const tiePoints = ties ? Math.floor(ties.length / 6) : 0;
  if (matrix && matrix.length >= 16)
    return georeferenceOf([matrix[3]!, matrix[0]!, matrix[1]!, matrix[7]!, matrix[4]!, matrix[5]!], keys.pixelIsPoint);
  if (scale && scale.length >= 2 && ties && tiePoints >= 1) {
    const [column, row, , x, y] = ties;
    // A negative second scale is how some writers mark a raster whose first row is the southern one.
    const transform: Affine = [x! - column! * scale[0]!, scale[0]!, 0, y! + row! * scale[1]!, 0, -scale[1]!];
    return georeferenceOf(transform, keys.pixelIsPoint);
  }
  const bare = { rotated: false, southUp: false, mirrored: false, pixelIsPoint: keys.pixelIsPoint, fromSidecar: false };
  if (tiePoints >= 2) return { ...bare, kind: 'gcp', groundControlPoints: tiePoints };
  if (directory.entries.has(50844)) return { ...bare, kind: 'rpc', groundControlPoints: 0 };
  return { ...bare, kind: 'none', groundControlPoints: 0 };
}

/** Georeference of an affine transform; a PixelIsPoint one is moved by half a cell so that it names outer corners. */
export function georeferenceOf(
  transform: Readonly<Affine>,
  pixelIsPoint: boolean,
  fromSidecar = false,
): GeoreferenceInspection {
  const [x, a, b, y, d, e] = transform;
  const shift = pixelIsPoint ? 0.5 : 0;
  const corner: Affine = [x - shift * (a + b), a, b, y - shift * (d + e), d, e];
  // A turn smaller than a thousandth of a cell over the row length is writing noise, not rotation.
  const rotated = Math.abs(b) > 1e-6 * Math.abs(a) || Math.abs(d) > 1e-6 * Math.abs(e);
  return {
    kind: 'affine',
    transform: corner,
    rotated,
    southUp: !rotated && e > 0,
    mirrored: a < 0,
    pixelIsPoint,
    groundControlPoints: 0,
    fromSidecar,
    cellWidth: Math.hypot(a, d),
    cellHeight: Math.hypot(b, e),
  };
}
