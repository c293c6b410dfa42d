import { type GeoKeys, readGeoKeys, readGeoreference } from './geo-keys.ts';
import type { GeoreferenceInspection, NodataInspection } from './inspection.ts';
import { readNodataText } from './nodata-text.ts';
import { readTiffLayout, type TiffLayout } from './tiff-layout.ts';
import { TiffReader } from './tiff-tags.ts';

/** What the header of a TIFF says, read without any decoder. */
export interface TiffHeader {
  readonly layout: TiffLayout;
  readonly keys: GeoKeys;
  readonly georeference: GeoreferenceInspection;
  readonly nodata: NodataInspection;
  readonly bigTiff: boolean;
  readonly brokenChain: boolean;
}

/** Reads the header of a TIFF; throws an InspectionError when it cannot be true. */
export function readTiffHeader(path: string): TiffHeader {
  const reader = TiffReader.open(path);
  try {
    const directory = reader.directories[0]!;
    const layout = readTiffLayout(reader);
    const keys = readGeoKeys(reader, directory);
    return {
      layout,
      keys,
      georeference: readGeoreference(reader, directory, keys),
      nodata: readNodataText(reader.text(directory, 42113), layout.cellType),
      bigTiff: reader.bigTiff,
      brokenChain: reader.brokenChain,
    };
  } finally {
    reader.close();
  }
}
