import type { Text } from '../messages/text.ts';

/** Input layers of a run file. */
export const layerIds = [
  'elevation',
  'landUse',
  'dailyRain',
  'monthlyRain',
  'annualRain',
  'rainfallErosivity',
  'stationRain',
  'stationPlaces',
  'sand',
  'silt',
  'clay',
  'organicCarbon',
  'organicMatter',
  'soilErodibility',
  'soilClass',
  'vegetationCover',
  'understoreyCover',
  'engineeringMeasures',
  'rotationZones',
  'tillageMeasures',
  'tolerance',
  'windErosionModulus',
  'coverManagement',
  'supportPractice',
  'slope',
  'county',
  'township',
  'watershed',
  'zones',
  'zoneRaster',
  'landAreas',
  'targets',
  'projectBoundaries',
] as const;

export type LayerId = (typeof layerIds)[number];

export type LayerKind = 'continuous' | 'class' | 'vector' | 'table';

/** A spelling of the values of a layer and how it is told from the others. */
export interface UnitSpelling {
  /** Name used in the run file, such as `percent`. */
  readonly id: string;
  readonly name: Text;
  /** Multiply by this (after adding `add`) to get the layer's own unit. */
  readonly factor: number;
  readonly add?: number;
}

/** Meaning of one input layer. */
export interface LayerSpec {
  readonly id: LayerId;
  readonly name: Text;
  readonly kind: LayerKind;
  /** Further kinds a file of this layer may be, such as a vector for a class layer. */
  readonly alsoKinds?: readonly LayerKind[];
  /** Unit of the values as the models take them. */
  readonly unit: Text;
  /** Values outside are refused as impossible, in the layer's unit. */
  readonly possible?: readonly [minimum: number, maximum: number];
  /** A median outside is odd, in the layer's unit. */
  readonly usualMedian?: readonly [minimum: number, maximum: number];
  readonly spellings?: readonly UnitSpelling[];
  /** How the layer is brought to the grid of the run. */
  readonly resampling: 'nearest' | 'bilinear' | 'none';
  /** Number of bands expected; 'days' is 365 or 366 by the year. */
  readonly bands?: number | 'days' | readonly number[];
  /** A zero is a value, never a mark for missing. */
  readonly zeroIsValue: boolean;
  /** Cells without a value leave the result without a value. */
  readonly needsFullCover: boolean;
  /** Attribute fields or columns that the layer is read by. */
  readonly keyFields?: readonly string[];
}
