import { erosionAgents } from '../../models/erosion/merge-water-wind.ts';
import { nodataCauses } from '../../models/erosion/nodata-cause.ts';
import { erosionClassesSl190 } from '../../models/parameters/erosion-classes-sl190.ts';
import type { BandDescription } from '../formats/raster-write.ts';
import type { LoadedRun } from '../inputs/run-file.ts';
import { scenarioOutput } from '../tasks/erosion-outputs.ts';
import type { DeliveredType } from '../tasks/overview-cells.ts';
import { causeColours } from './cause-colours.ts';
import { terrainDeliverables } from './terrain-deliverables.ts';

/** A raster that is handed over: which output of which tasks of the tiles, its file name, and what the file says about itself. */
export interface DeliverableLayer {
  readonly id: string;
  /** The tasks of the tiles, without the tile. */
  readonly tileTask: string;
  readonly output: string;
  readonly fileName: string;
  readonly type: DeliveredType;
  readonly band: BandDescription;
  /** NaN means no value. */
  readonly nodataIsNaN: boolean;
  readonly metadata: Readonly<Record<string, string>>;
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
    tileTask: 'erosion',
    output,
    fileName: `${id}_${run.year}.tif`,
    type: 'Float32',
    band: { description, unit },
    nodataIsNaN: true,
    metadata,
  });
  const modulus = float('A', 'modulus', '土壤侵蚀模数 erosion modulus', 't·km⁻²·a⁻¹');
  const scenarios = run.scenarios.flatMap((scenario) => {
    const ofScenario = (layer: DeliverableLayer): DeliverableLayer => ({
      ...layer,
      id: `${layer.id}_${scenario.id}`,
      output: scenarioOutput(layer.output, scenario.id),
      fileName: `${layer.id}_${scenario.id}_${run.year}.tif`,
      metadata: { ...metadata, SHUIBAO_SCENARIO: scenario.name ?? scenario.id },
    });
    return [modulus, intensityLayer(run.year, metadata)].map(ofScenario);
  });
  return [
    modulus,
    intensityLayer(run.year, metadata),
    {
      id: 'WFG',
      tileTask: 'erosion',
      output: 'cause',
      fileName: `WFG_${run.year}.tif`,
      type: 'Byte',
      nodataIsNaN: false,
      metadata,
      band: {
        description: '未覆盖原因 cause of nodata',
        colourTable: causeColours,
        categories: Object.fromEntries(nodataCauses.map(({ code, zh, en }) => [code, `${zh} ${en}`])),
      },
    },
    ...(run.inputs.windErosion ? [agentLayer(run.year, metadata)] : []),
    ...run.outputs.factors.map((symbol) =>
      float(symbol, `factor-${symbol}`, factorNames[symbol] ?? symbol, factorUnits[symbol] ?? '1'),
    ),
    ...run.outputs.terrain.map((name): DeliverableLayer => {
      const { tileTask, output, type, band } = terrainDeliverables[name];
      const fileName = `${name}_${run.year}.tif`;
      return { id: name, tileTask, output, fileName, type, band, nodataIsNaN: type === 'Float32', metadata };
    }),
    ...scenarios,
  ];
}

function intensityLayer(year: number, metadata: Readonly<Record<string, string>>): DeliverableLayer {
  return {
    id: 'QD',
    tileTask: 'erosion',
    output: 'intensity',
    fileName: `QD_${year}.tif`,
    type: 'Byte',
    nodataIsNaN: false,
    metadata,
    band: {
      nodata: 0,
      description: '土壤侵蚀强度 erosion intensity (SL 190-2007)',
      colourTable: Object.fromEntries(erosionClassesSl190.map(({ code, colour }) => [code, rgb(colour)])),
      categories: Object.fromEntries(erosionClassesSl190.map(({ code, name }) => [code, `${name.zh} ${name.en}`])),
    },
  };
}

/** Which agent decided the class, where wind erosion was merged. */
function agentLayer(year: number, metadata: Readonly<Record<string, string>>): DeliverableLayer {
  const agents = erosionAgents.filter(({ code }) => code !== 0);
  return {
    id: 'QSLX',
    tileTask: 'erosion',
    output: 'agent',
    fileName: `QSLX_${year}.tif`,
    type: 'Byte',
    nodataIsNaN: false,
    metadata,
    band: {
      nodata: 0,
      description: '侵蚀类型 eroding agent',
      colourTable: { 1: [38, 115, 178], 2: [214, 170, 92] },
      categories: Object.fromEntries(agents.map(({ code, name }) => [code, `${name.zh} ${name.en}`])),
    },
  };
}

/** Factors that no change of land use reaches. */
const groundFactors: ReadonlySet<string> = new Set(['R', 'K', 'L', 'S', 'E', 'slope']);

/**
 * Layers that change together, by the name of their group: what follows the land use apart from the ground under it, and
 * classes apart from what is measured, since the map waits for their small blocks alone.
 */
export function layersThatChangeTogether(
  layers: readonly DeliverableLayer[],
): ReadonlyMap<string, readonly DeliverableLayer[]> {
  const isGround = ({ id }: DeliverableLayer) => groundFactors.has(id);
  const areClasses = ({ type }: DeliverableLayer) => type === 'Byte';
  return new Map([
    ['classes', layers.filter((layer) => !isGround(layer) && areClasses(layer))],
    ['cover', layers.filter((layer) => !isGround(layer) && !areClasses(layer))],
    ['ground', layers.filter(isGround)],
  ]);
}
