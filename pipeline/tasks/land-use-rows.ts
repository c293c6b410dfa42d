import { landUseNodata, landUseUnmapped } from '../../models/erosion/annual-erosion.ts';
import type { AnnualKernels } from '../../models/kernels/annual-kernels.ts';
import { numberedEntries, valuesOfClasses } from './code-values.ts';
import type { LandUseParameters } from './erosion-parameters.ts';
import type { RowPlace } from './strip-inputs.ts';

/**
 * Reader of land use: stored codes turned into those of the monitoring classification.
 * @param table memory for the code of each byte
 */
export function landUseReader(
  parameters: LandUseParameters,
  kernels: AnnualKernels,
  table: Uint8Array,
): (place: RowPlace, out: Uint8Array) => void {
  const codeOf = valuesOfClasses(numberedEntries(parameters.codes), landUseNodata, landUseUnmapped);
  let held: Float32Array | undefined;
  return ({ strip, first, count }, out) => {
    const layer = strip.layers.get('landUse')!;
    const bytes = layer.readBytes(first, count);
    if (bytes !== undefined) {
      if (bytes.values !== held) table.set(bytes.values.map(codeOf));
      held = bytes.values;
      kernels.mapBytes(bytes.bands[0]!, table, out);
      return;
    }
    const [stored] = layer.values(first, count);
    for (let cell = 0; cell < out.length; cell++) out[cell] = codeOf(stored![cell]!);
  };
}
