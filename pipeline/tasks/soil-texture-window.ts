import type { CellFactorMethod } from '../../models/factors/factor-method.ts';
import { factorMethod } from '../../models/factors/registry.ts';
import { organicCarbonFromMatter, organicMatterFromCarbon } from '../../models/factors/soil-texture.ts';
import type { GridSpec } from '../../models/grid/grid-spec.ts';
import type { SoilParameters } from './erosion-parameters.ts';
import { readContinuous } from './read-layer.ts';

type Texture = Extract<SoilParameters, { kind: 'texture' }>;

/** K of a window from texture and organic matter by the named method. */
export async function soilErodibilityFromTexture(
  paths: (name: string) => Promise<string>,
  soil: Texture,
  target: GridSpec,
): Promise<Float32Array> {
  const read = async (name: string, layer: Texture['sand']) =>
    (await readContinuous(await paths(name), layer, target))[0]!;
  const sand = await read('sand', soil.sand);
  const silt = await read('silt', soil.silt);
  const clay = await read('clay', soil.clay);
  const organic = soil.organic === null ? undefined : await read('organic', soil.organic);

  const isCarbon = soil.organicIs === 'carbon';
  const columns: Record<string, (cell: number) => number> = {
    sand: (cell) => sand[cell]!,
    silt: (cell) => silt[cell]!,
    clay: (cell) => clay[cell]!,
    organicCarbon: (cell) => (isCarbon ? organic![cell]! : organicCarbonFromMatter(organic![cell]!)),
    organicMatter: (cell) => (isCarbon ? organicMatterFromCarbon(organic![cell]!) : organic![cell]!),
    // Very fine sand is not among the three fractions; the nomograph then runs on silt alone, which the plan notes.
    siltAndVeryFineSand: (cell) => silt[cell]!,
    structureClass: () => soil.structure!,
    permeabilityClass: () => soil.permeability!,
  };
  const method = factorMethod('soilErodibility', soil.method) as CellFactorMethod;
  const inputs = method.inputs.map(({ name }) => columns[name]!);
  return sand.map((_, cell) => method.evaluate(...inputs.map((input) => input(cell))));
}
