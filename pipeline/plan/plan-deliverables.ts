import { nodataCauses } from '../../models/erosion/nodata-cause.ts';
import type { TileFrame } from '../../models/grid/tile-layout.ts';
import { erosionClassesSl190 } from '../../models/parameters/erosion-classes-sl190.ts';
import type { LoadedRun } from '../inputs/run-file.ts';
import type { DeliverRasterParameters } from '../tasks/deliver-raster.ts';
import type { JsonValue, PlannedTask } from '../tasks/task.ts';
import { causeColours } from './cause-colours.ts';

/** A raster that is handed over: which output of the erosion tiles, its file name, and what the file says about itself. */
export interface DeliverableLayer {
  readonly id: string;
  readonly output: string;
  readonly fileName: string;
  readonly parameters: DeliverRasterParameters;
}

const rgb = (colour: string): [number, number, number] => {
  const value = Number.parseInt(colour.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
};

const factorUnits: Readonly<Record<string, string>> = {
  R: 'MJ·mm·hm⁻²·h⁻¹·a⁻¹',
  K: 't·hm²·h·hm⁻²·MJ⁻¹·mm⁻¹',
  slope: '°',
};

const factorNames: Readonly<Record<string, string>> = {
  R: '降雨侵蚀力因子 R',
  K: '土壤可蚀性因子 K',
  L: '坡长因子 L',
  S: '坡度因子 S',
  B: '植被覆盖与生物措施因子 B',
  E: '工程措施因子 E',
  T: '耕作措施因子 T',
  C: '覆盖与管理因子 C',
  P: '水土保持措施因子 P',
  slope: '坡度',
};

/** Rasters a run hands over. */
export function deliverableLayers({ run }: LoadedRun): DeliverableLayer[] {
  const metadata = { SHUIBAO_RUN: run.name, SHUIBAO_YEAR: String(run.year), SHUIBAO_MODEL: run.model };
  const float = (id: string, output: string, description: string, unit: string): DeliverableLayer => ({
    id,
    output,
    fileName: `${id}_${run.year}.tif`,
    parameters: { band: { description, unit }, nodataIsNaN: true, overviews: 'average', metadata },
  });
  return [
    float('A', 'modulus', '土壤侵蚀模数 erosion modulus', 't·km⁻²·a⁻¹'),
    {
      id: 'QD',
      output: 'intensity',
      fileName: `QD_${run.year}.tif`,
      parameters: {
        band: {
          nodata: 0,
          description: '土壤侵蚀强度 erosion intensity (SL 190-2007)',
          colourTable: Object.fromEntries(erosionClassesSl190.map(({ code, colour }) => [code, rgb(colour)])),
          categories: Object.fromEntries(erosionClassesSl190.map(({ code, name }) => [code, `${name.zh} ${name.en}`])),
        },
        nodataIsNaN: false,
        overviews: 'mode',
        metadata,
      },
    },
    {
      id: 'WFG',
      output: 'cause',
      fileName: `WFG_${run.year}.tif`,
      parameters: {
        band: {
          description: '未覆盖原因 cause of nodata',
          colourTable: causeColours,
          categories: Object.fromEntries(nodataCauses.map(({ code, zh, en }) => [code, `${zh} ${en}`])),
        },
        nodataIsNaN: false,
        overviews: 'mode',
        metadata,
      },
    },
    ...run.outputs.factors.map((symbol) =>
      float(symbol, `factor-${symbol}`, factorNames[symbol] ?? symbol, factorUnits[symbol] ?? '1'),
    ),
  ];
}

/** Tasks that join the tiles of each layer into one file. */
export function planDeliverables(loaded: LoadedRun, tiles: readonly TileFrame[]): PlannedTask[] {
  return deliverableLayers(loaded).map(({ id, output, parameters }) => ({
    id: `deliver/${id}`,
    kind: 'deliver-raster',
    parameters: parameters as unknown as JsonValue,
    inputs: Object.fromEntries(tiles.map((tile) => [tile.id, { task: `erosion/${tile.id}`, output }])),
  }));
}
