import { resolve } from 'node:path';
import { userError } from '../messages/user-error.ts';
import { crsForFile } from './crs.ts';
import { describeRaster, type GeoTransform, type RasterDescription } from './raster-read.ts';
import { type BandDescription, bandMetadata, type Colour } from './raster-write.ts';

/** A mosaic of tiles as GDAL's virtual format describes it. */
export interface Mosaic {
  readonly xml: string;
  readonly width: number;
  readonly height: number;
  readonly dataType: string;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const metadataXml = (items: Readonly<Record<string, string>>): string =>
  `<Metadata>${Object.keys(items)
    .sort()
    .map((key) => `<MDI key="${escaped(key)}">${escaped(items[key]!)}</MDI>`)
    .join('')}</Metadata>`;

function colourXml(colours: Readonly<Record<number, Colour>>): string {
  const entries = Array.from({ length: 256 }, (_, value) => {
    const [c1, c2, c3] = colours[value] ?? [0, 0, 0];
    return `<Entry c1="${c1}" c2="${c2}" c3="${c3}" c4="255"/>`;
  });
  return `<ColorInterp>Palette</ColorInterp><ColorTable>${entries.join('')}</ColorTable>`;
}

function descriptionXml(band: BandDescription): string {
  return [
    band.description === undefined ? '' : `<Description>${escaped(band.description)}</Description>`,
    band.unit === undefined ? '' : `<UnitType>${escaped(band.unit)}</UnitType>`,
    band.offset === undefined ? '' : `<Offset>${band.offset}</Offset>`,
    band.scale === undefined ? '' : `<Scale>${band.scale}</Scale>`,
    band.nodata === undefined ? '' : `<NoDataValue>${Number.isNaN(band.nodata) ? 'nan' : band.nodata}</NoDataValue>`,
    band.colourTable === undefined ? '' : colourXml(band.colourTable),
    metadataXml(bandMetadata(band)),
  ].join('');
}

function sourceXml(tile: RasterDescription, band: number, x: number, y: number): string {
  const { width, height, bands } = tile;
  const info = bands[band - 1]!;
  return `<SimpleSource><SourceFilename relativeToVRT="0">${escaped(resolve(tile.path))}</SourceFilename><SourceBand>${band}</SourceBand><SourceProperties RasterXSize="${width}" RasterYSize="${height}" DataType="${info.dataType}" BlockXSize="${info.blockWidth}" BlockYSize="${info.blockHeight}"/><SrcRect xOff="0" yOff="0" xSize="${width}" ySize="${height}"/><DstRect xOff="${x}" yOff="${y}" xSize="${width}" ySize="${height}"/></SimpleSource>`;
}

const mismatch = (tile: RasterDescription): Error =>
  userError('tiles-do-not-match', tile.path, {
    zh: '瓦片的坐标系、像元大小或类型与其他瓦片不同',
    en: 'the tile differs from the others in CRS, cell size or type',
  });

interface Placed {
  readonly tile: RasterDescription;
  readonly transform: GeoTransform;
}

function placed(tile: RasterDescription): Placed {
  const transform = tile.geotransform;
  if (transform === null || transform[2] !== 0 || transform[4] !== 0 || !(transform[5] < 0)) throw mismatch(tile);
  return { tile, transform };
}

/**
 * Describes north-up tiles of one lattice as one raster; cells that no tile covers are nodata.
 *
 * Raises a `UserError` (`tiles-do-not-match`) when tiles differ in coordinate system, cell size, type or bands.
 */
export function describeMosaic(
  paths: readonly string[],
  bands: readonly BandDescription[],
  metadata: Readonly<Record<string, string>> = {},
): Mosaic {
  const tiles = paths.map((path) => placed(describeRaster(path)));
  const [first] = tiles;
  if (first === undefined) throw new RangeError('a mosaic needs at least one tile');
  const [, cellWidth, , , , cellHeight] = first.transform;
  const dataType = first.tile.bands[0]!.dataType;
  const west = Math.min(...tiles.map(({ transform }) => transform[0]));
  const north = Math.max(...tiles.map(({ transform }) => transform[3]));
  const places = tiles.map(({ tile, transform }) => {
    const x = Math.round((transform[0] - west) / cellWidth);
    const y = Math.round((transform[3] - north) / cellHeight);
    const same =
      tile.crs === first.tile.crs &&
      transform[1] === cellWidth &&
      transform[5] === cellHeight &&
      tile.bands.length >= bands.length &&
      tile.bands.every((info) => info.dataType === dataType);
    const offLattice =
      Math.abs((transform[0] - west) / cellWidth - x) + Math.abs((transform[3] - north) / cellHeight - y);
    if (!same || offLattice > 1e-3) throw mismatch(tile);
    return { tile, x, y };
  });
  const width = Math.max(...places.map(({ tile, x }) => x + tile.width));
  const height = Math.max(...places.map(({ tile, y }) => y + tile.height));
  const crs = first.tile.crs === null ? '' : `<SRS>${escaped(crsForFile(first.tile.crs).toWKT())}</SRS>`;
  const bandXml = bands.map((band, index) => {
    const sources = places.map(({ tile, x, y }) => sourceXml(tile, index + 1, x, y)).join('');
    return `<VRTRasterBand dataType="${dataType}" band="${index + 1}">${descriptionXml(band)}${sources}</VRTRasterBand>`;
  });
  const transform = [west, cellWidth, 0, north, 0, cellHeight].join(', ');
  const xml = `<VRTDataset rasterXSize="${width}" rasterYSize="${height}">${crs}<GeoTransform>${transform}</GeoTransform>${metadataXml(metadata)}${bandXml.join('')}</VRTDataset>`;
  return { xml, width, height, dataType };
}
