import type { CellFactorMethod } from '../../models/factors/factor-method.ts';
import { factorMethod } from '../../models/factors/registry.ts';
import {
  matterPerCarbon,
  organicCarbonFromMatter,
  organicMatterFromCarbon,
} from '../../models/factors/soil-texture.ts';
import type { AnnualKernels } from '../../models/kernels/annual-kernels.ts';
import { type ErodibilityLine, epicLines } from '../../models/kernels/epic-erodibility.ts';
import { numberedEntries, valuesOfClasses } from './code-values.ts';
import type { SoilParameters } from './erosion-parameters.ts';
import type { RowPlace } from './strip-inputs.ts';

type Texture = Extract<SoilParameters, { kind: 'texture' }>;
type SoilReader = (place: RowPlace, out: Float32Array) => void;

/** Reader of K: ready values, values by soil class, or texture and organic matter by the named method. */
export function soilReader(soil: SoilParameters, kernels: AnnualKernels): SoilReader {
  if (soil.kind === 'texture') {
    const line = soil.organic === null ? undefined : epicLines[soil.method];
    return line === undefined ? textureReader(soil) : epicReader(soil, line, kernels);
  }
  if (soil.kind === 'ready')
    return ({ strip, first, count }, out) => strip.layers.get('soilErodibility')!.readInto(first, count, out);
  const lookUp = valuesOfClasses(numberedEntries(soil.values), Number.NaN, Number.NaN);
  return ({ strip, first, count }, out) => {
    const [classes] = strip.layers.get('soilClasses')!.values(first, count);
    for (let cell = 0; cell < out.length; cell++) out[cell] = lookUp(classes![cell]!);
  };
}

/** K by a method that is the EPIC formula, which is a kernel. */
function epicReader({ organicIs }: Texture, line: ErodibilityLine, { erodibilityEpic }: AnnualKernels): SoilReader {
  const organicDivisor = organicIs === 'carbon' ? 1 : matterPerCarbon;
  return ({ strip, first, count }, out) => {
    const read = (name: string): Float32Array => strip.layers.get(name)!.values(first, count)[0]!;
    const layers = { sand: read('sand'), silt: read('silt'), clay: read('clay'), organic: read('organic') };
    erodibilityEpic({ ...layers, organicDivisor }, line, out);
  };
}

/** What a method may ask for, from the layers of a run. */
const quantities: Readonly<Record<string, readonly [layer: string, convert?: 'carbon' | 'matter']>> = {
  sand: ['sand'],
  silt: ['silt'],
  clay: ['clay'],
  organicCarbon: ['organic', 'carbon'],
  organicMatter: ['organic', 'matter'],
  // Very fine sand is not among the three fractions; the nomograph then runs on silt alone, which the plan notes.
  siltAndVeryFineSand: ['silt'],
};

function textureReader(soil: Texture): SoilReader {
  const method = factorMethod('soilErodibility', soil.method) as CellFactorMethod;
  const constants: Readonly<Record<string, number | null>> = {
    structureClass: soil.structure,
    permeabilityClass: soil.permeability,
  };
  return ({ strip, first, count }, out) => {
    const read = new Map<string, Float32Array>();
    for (const name of ['sand', 'silt', 'clay', 'organic'] as const)
      if (soil[name] !== null) read.set(name, strip.layers.get(name)!.values(first, count)[0]!);
    const column = (name: string): Float32Array | Float64Array => {
      const quantity = quantities[name];
      if (quantity === undefined) return new Float64Array(out.length).fill(constants[name]!);
      const [layer, convert] = quantity;
      const stored = read.get(layer)!;
      if (convert === undefined || convert === soil.organicIs) return stored;
      return Float64Array.from(stored, convert === 'carbon' ? organicCarbonFromMatter : organicMatterFromCarbon);
    };
    evaluateCells(
      method.evaluate,
      method.inputs.map(({ name }) => column(name)),
      out,
    );
  };
}

function evaluateCells(
  evaluate: CellFactorMethod['evaluate'],
  columns: readonly (Float32Array | Float64Array)[],
  out: Float32Array,
): void {
  const [a, b, c, d] = columns;
  if (columns.length === 4) for (let i = 0; i < out.length; i++) out[i] = evaluate(a![i], b![i], c![i], d![i]);
  else for (let i = 0; i < out.length; i++) out[i] = evaluate(...columns.map((column) => column[i]));
}
