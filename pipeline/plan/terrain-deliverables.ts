import { d8Codes, d8Names, drainsOut } from '../../models/grid/d8.ts';
import {
  accumulationContaminated,
  slopeLengthContaminated,
  uncontaminated,
} from '../../models/terrain/edge-contamination.ts';
import type { BandDescription } from '../formats/raster-write.ts';
import type { TerrainOutput } from '../inputs/run-file-schema.ts';
import type { DeliveredType } from '../tasks/overview-cells.ts';
import type { TerrainLayer } from '../tasks/terrain/terrain-layers.ts';

/** Where a terrain layer that is handed over comes from, and what its file says about itself. */
export interface TerrainDeliverable {
  readonly layer: TerrainLayer;
  readonly tileTask: string;
  readonly output: string;
  readonly type: DeliveredType;
  readonly band: BandDescription;
}

const ofLastVisit = (layer: TerrainLayer, type: DeliveredType, band: BandDescription): TerrainDeliverable => ({
  layer,
  tileTask: 'terrain/factors',
  output: layer,
  type,
  band,
});

const directionNames = ['东', '东南', '南', '西南', '西', '西北', '北', '东北'];

/** Terrain layers by the name that a run file uses. Floats are NaN where there is no value. */
export const terrainDeliverables: Readonly<Record<TerrainOutput, TerrainDeliverable>> = {
  filledElevation: {
    layer: 'filled',
    tileTask: 'terrain/flow',
    output: 'filledRaster',
    type: 'Float32',
    band: { description: '填洼后高程 filled elevation', unit: 'm' },
  },
  flowDirection: ofLastVisit('direction', 'Byte', {
    nodata: 255,
    description: '流向 D8 flow direction',
    categories: {
      [drainsOut]: '流出数据范围 leaves the data',
      ...Object.fromEntries(d8Codes.map((code, k) => [code, `${directionNames[k]} ${d8Names[k]}`])),
    },
  }),
  flowAccumulation: ofLastVisit('accumulation', 'UInt32', {
    nodata: 0,
    description: '汇流累积量（像元数，含本身） flow accumulation, cells with the cell itself',
  }),
  slopeLength: ofLastVisit('slopeLengthMetres', 'Float32', { description: '坡长 slope length', unit: 'm' }),
  edgeContamination: ofLastVisit('edgeContamination', 'Byte', {
    nodata: 255,
    description: '边缘污染 edge contamination',
    colourTable: {
      [uncontaminated]: [255, 255, 255],
      [accumulationContaminated]: [253, 208, 110],
      [slopeLengthContaminated]: [215, 48, 39],
    },
    categories: {
      [uncontaminated]: '不受数据以外土地影响 independent of land outside the data',
      [accumulationContaminated]: '汇流累积量可能偏小 accumulation may be larger',
      [slopeLengthContaminated]: '坡长也可能偏小 slope length may be longer too',
    },
  }),
};
