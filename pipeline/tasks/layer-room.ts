/** Memory of a layer, one value per cell: of a strip, or of the rows at hand where no file is made of it. */
export interface LayerRoom<Values extends Float32Array | Uint8Array> {
  readonly values: Values;
  readonly isOfStrip: boolean;
}

/** Cells of a strip, and of the rows of it that are computed at once. */
export interface RoomSizes {
  readonly ofStrip: number;
  readonly ofRows: number;
}

/** Room for a layer. @param allocate array of so many cells */
export const layerRoom = <Values extends Float32Array | Uint8Array>(
  { ofStrip, ofRows }: RoomSizes,
  isOfStrip: boolean,
  allocate: (length: number) => Values,
): LayerRoom<Values> => ({ values: allocate(isOfStrip ? ofStrip : ofRows), isOfStrip });

/** Cells of a strip from `from` on, before `to`, which are the rows at hand. */
export const rowsOf = <Values extends Float32Array | Uint8Array>(
  { values, isOfStrip }: LayerRoom<Values>,
  from: number,
  to: number,
): Values => (isOfStrip ? values.subarray(from, to) : values.subarray(0, to - from)) as Values;
