import { landUseNodata, landUseUnmapped } from '../../models/erosion/annual-erosion.ts';
import { numberedEntries, valuesOfClasses } from './code-values.ts';
import type { LandUseParameters } from './erosion-parameters.ts';
import type { RowPlace } from './strip-inputs.ts';

/** Reader of land use: stored codes turned into those of the monitoring classification. */
export function landUseReader(parameters: LandUseParameters): (place: RowPlace, out: Uint8Array) => void {
  const codeOf = valuesOfClasses(numberedEntries(parameters.codes), landUseNodata, landUseUnmapped);
  return ({ strip, first, count }, out) => {
    const layer = strip.layers.get('landUse')!;
    const bytes = layer.readBytes(first, count);
    if (bytes !== undefined) {
      const [codes] = bytes.bands;
      const codeOfByte = Uint8Array.from(bytes.values, codeOf);
      for (let cell = 0; cell < out.length; cell++) out[cell] = codeOfByte[codes![cell]!]!;
      return;
    }
    const [stored] = layer.read(first, count);
    for (let cell = 0; cell < out.length; cell++) out[cell] = codeOf(stored![cell]!);
  };
}
