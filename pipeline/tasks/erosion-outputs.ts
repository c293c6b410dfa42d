import type { PixelType } from '../formats/pixel-type.ts';
import type { BandDescription } from '../formats/raster-write.ts';
import type { ErosionStrip } from './erosion-arrays.ts';
import type { ErosionTileParameters } from './erosion-parameters.ts';

/** A raster that an erosion tile writes. */
export interface TileOutput {
  readonly name: string;
  readonly type: PixelType;
  readonly band: BandDescription;
  /** Values of a strip. @param variants results of the run itself, then of each scenario */
  values(variants: readonly ErosionStrip[]): Float32Array | Uint8Array;
}

/** Name of an output of a scenario. */
export const scenarioOutput = (output: string, scenario: string): string => `${output}@${scenario}`;

/** Name of an overview of an output: level 0 is the output itself, each further one half as wide and high. */
export const overviewOutput = (output: string, level: number): string =>
  level === 0 ? output : `${output}.overview${level}`;

/** Rasters of a tile: those of the run itself with the factors asked for, then modulus and intensity of each scenario. */
export function tileOutputs(parameters: ErosionTileParameters): TileOutput[] {
  const { factors, scenarios, windErosion } = parameters;
  const ofRun = results(0);
  const cause: TileOutput = {
    name: 'cause',
    type: 'Byte',
    band: { description: 'cause of nodata' },
    values: ([run]) => run!.cause,
  };
  const agent: TileOutput = {
    name: 'agent',
    type: 'Byte',
    band: { nodata: 0, description: 'eroding agent' },
    values: ([run]) => run!.agent!,
  };
  const ofScenarios = scenarios.flatMap(({ id }, at) =>
    results(at + 1).map((output) => ({ ...output, name: scenarioOutput(output.name, id) })),
  );
  return [...ofRun, cause, ...(windErosion ? [agent] : []), ...factors.map(factor), ...ofScenarios];
}

const results = (variant: number): TileOutput[] => [
  {
    name: 'modulus',
    type: 'Float32',
    band: { nodata: Number.NaN, unit: 't·km⁻²·a⁻¹', description: 'erosion modulus' },
    values: (variants) => variants[variant]!.modulus,
  },
  {
    name: 'intensity',
    type: 'Byte',
    band: { nodata: 0, description: 'erosion intensity' },
    values: (variants) => variants[variant]!.intensity,
  },
];

const factor = (symbol: string): TileOutput => ({
  name: `factor-${symbol}`,
  type: 'Float32',
  band: { nodata: Number.NaN, description: symbol },
  values: ([run]) => (symbol === 'slope' ? run!.inputs.slopeDegrees : run!.factors[symbol]!),
});
