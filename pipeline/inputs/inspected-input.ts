import type { Inspection, RasterInspection } from '../formats/inspect/inspection.ts';
import type { Finding, Severity } from '../messages/finding.ts';
import type { Text } from '../messages/text.ts';
import type { DeclaredInput } from './declared-input.ts';
import type { LayerSpec, UnitSpelling } from './layer-spec.ts';

/** A declared file together with what was seen in it. */
export interface InspectedInput {
  readonly declared: DeclaredInput;
  readonly spec: LayerSpec;
  readonly inspection: Inspection;
}

/** An input that turned out to be a readable raster. */
export interface InspectedRaster extends InspectedInput {
  readonly inspection: RasterInspection;
}

export const isRaster = (input: InspectedInput): input is InspectedRaster => input.inspection.kind === 'raster';

const nothing: Text = { zh: '', en: '' };

/** A finding about an input, under the name the user gave the file. */
export function finding(
  input: InspectedInput,
  severity: Severity,
  code: string,
  found: Text,
  expected: Text = nothing,
  cure: Text = nothing,
): Finding {
  return { code, severity, file: input.declared.displayName, layer: input.declared.layer, found, expected, cure };
}

/** How the values of an input are spelt: as declared, else the first spelling of its layer. */
export function spellingOf(input: InspectedInput): UnitSpelling | undefined {
  const spellings = input.spec.spellings;
  return spellings?.find((candidate) => candidate.id === input.declared.options?.unit) ?? spellings?.[0];
}

/** A stored number in the layer's own unit: the file's scale and offset, then the declared spelling. */
export function inLayerUnit(input: InspectedRaster, stored: number): number {
  const band = input.inspection.bands[0];
  const scaled = stored * (band?.scale || 1) + (band?.offset ?? 0);
  const spelling = spellingOf(input);
  const declared = input.declared.options?.scale;
  return (scaled * (declared ?? 1) + (spelling?.add ?? 0)) * (spelling?.factor ?? 1);
}
