import type { EquationLayers } from '../../models/erosion/annual-erosion.ts';
import type { Allocator } from '../../models/kernels/allocator.ts';
import type { ErosionTileParameters } from './erosion-parameters.ts';
import { type LayerRoom, layerRoom, type RoomSizes } from './layer-room.ts';
import type { PracticePart } from './practice-reader.ts';
import type { StripInputs } from './strip-inputs.ts';

/** What the equation gives; the class is the higher one of water and wind. */
export interface EquationResult extends EquationLayers {
  /** Set in a run with wind erosion: 1 water, 2 wind, 0 = nodata. */
  readonly agent: Uint8Array | undefined;
}

/** Memory of an {@link EquationResult}. */
export interface EquationRooms {
  readonly modulus: LayerRoom<Float32Array>;
  readonly intensity: LayerRoom<Uint8Array>;
  readonly cause: LayerRoom<Uint8Array>;
  readonly agent: LayerRoom<Uint8Array> | undefined;
}

/** Memory of the annual equation, one value per cell. */
export interface ErosionArrays {
  /** Codes of the monitoring classification; 0 no data, 255 unmapped. */
  readonly landUse: LayerRoom<Uint8Array>;
  /** t·km⁻²·a⁻¹; filled already where it is the same everywhere. */
  readonly tolerance: LayerRoom<Float32Array>;
  /** NaN = nodata; L and S come with the terrain. */
  readonly R: LayerRoom<Float32Array>;
  readonly K: LayerRoom<Float32Array>;
  /** Set in a run with wind erosion: its modulus, t·km⁻²·a⁻¹, NaN outside its raster. */
  readonly wind: LayerRoom<Float32Array> | undefined;
  /** Practice factors of the run and its scenarios, by key. */
  readonly practices: ReadonlyMap<string, LayerRoom<Float32Array>>;
  /** Results of the run itself, then those of each scenario. */
  readonly variants: readonly EquationRooms[];
}

/**
 * Result of the annual equation over a strip, beside the inputs it came from. Layers that no file is made of hold the rows
 * computed last, which are all where a strip is no longer than these.
 */
export interface ErosionStrip extends EquationResult {
  readonly inputs: StripInputs;
  readonly landUse: Uint8Array;
  readonly tolerance: Float32Array;
  readonly wind: Float32Array | undefined;
  /** Factors in the order of the equation, by symbol; NaN = nodata. */
  readonly factors: Readonly<Record<string, Float32Array>>;
}

/** Room for layers and results. @param variants practice factors of the run itself, then of each scenario */
export function erosionArrays(
  parameters: ErosionTileParameters,
  variants: readonly (readonly PracticePart[])[],
  sizes: RoomSizes,
  allocator: Allocator,
): ErosionArrays {
  const hasWind = parameters.windErosion !== null;
  const floats = (isOfStrip: boolean) => layerRoom(sizes, isOfStrip, allocator.float32);
  const bytes = (isOfStrip: boolean) => layerRoom(sizes, isOfStrip, allocator.uint8);
  const isWritten = (symbol: string): boolean => parameters.factors.includes(symbol);
  const tolerance = floats(false);
  if (parameters.tolerance === null) tolerance.values.fill(parameters.toleranceConstant);
  return {
    landUse: bytes(false),
    tolerance,
    R: floats(isWritten('R')),
    K: floats(isWritten('K')),
    wind: hasWind ? floats(false) : undefined,
    practices: practiceRooms(variants, isWritten, floats),
    variants: variants.map((_, at) => ({
      modulus: floats(true),
      intensity: bytes(true),
      cause: bytes(at === 0),
      agent: hasWind ? bytes(at === 0) : undefined,
    })),
  };
}

/* What one variant alone needs is computed for it and used at once: such factors of the same symbol take turns in one room. */
function practiceRooms(
  variants: readonly (readonly PracticePart[])[],
  isWritten: (symbol: string) => boolean,
  floats: (isOfStrip: boolean) => LayerRoom<Float32Array>,
): Map<string, LayerRoom<Float32Array>> {
  const [run] = variants as [readonly PracticePart[]];
  const uses = new Map<string, number>();
  for (const { key } of variants.flat()) uses.set(key, (uses.get(key) ?? 0) + 1);
  const turns = new Map<string, LayerRoom<Float32Array>>();
  const rooms = new Map<string, LayerRoom<Float32Array>>();
  for (const part of variants.flat()) {
    const { key, symbol } = part;
    if (rooms.has(key)) continue;
    const isOfRun = run.includes(part);
    const isHeld = uses.get(key)! > 1 || (isOfRun && isWritten(symbol));
    const room = isHeld ? floats(isOfRun && isWritten(symbol)) : (turns.get(symbol) ?? floats(false));
    if (!isHeld) turns.set(symbol, room);
    rooms.set(key, room);
  }
  return rooms;
}
