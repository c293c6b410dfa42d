/** Arrays that boundaries and corrections consist of. */
export type BoundaryArray = Float32Array | Float64Array | Uint8Array | Uint32Array;

const kinds = [Uint8Array, Uint32Array, Float32Array, Float64Array] as const;

/**
 * A record of typed arrays as bytes, the same bytes for equal records: names in alphabetical order, each as length of the
 * name, name (ASCII), kind, number of elements (uint32) and elements, little-endian as on all machines that run this.
 */
export function encodeBoundary(boundary: object): Uint8Array {
  const entries = (Object.entries(boundary) as [string, BoundaryArray][]).sort(([a], [b]) => (a < b ? -1 : 1));
  const size = entries.reduce((sum, [name, array]) => sum + 6 + name.length + array.byteLength, 0);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [name, array] of entries) {
    bytes[at++] = name.length;
    for (let i = 0; i < name.length; i++) bytes[at++] = name.charCodeAt(i);
    bytes[at++] = kinds.findIndex((kind) => array instanceof kind);
    view.setUint32(at, array.length, true);
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at + 4);
    at += 4 + array.byteLength;
  }
  return bytes;
}

/**
 * The record that `encodeBoundary` wrote.
 *
 * @throws RangeError when the bytes end early or name an unknown kind of array
 */
export function decodeBoundary<Boundary>(bytes: Uint8Array): Boundary {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const boundary: Record<string, BoundaryArray> = {};
  for (let at = 0; at < bytes.length; ) {
    const nameLength = bytes[at++];
    const name = String.fromCharCode(...bytes.subarray(at, at + nameLength));
    at += nameLength;
    const kind = kinds[view.getUint8(at)];
    if (kind === undefined) throw new RangeError(`unknown kind of array in a boundary: ${bytes[at]}`);
    const length = view.getUint32(at + 1, true);
    at += 5;
    const end = at + length * kind.BYTES_PER_ELEMENT;
    if (end > bytes.length) throw new RangeError(`a boundary ends early: ${bytes.length} bytes, expected ${end}`);
    // Copied, because elements need an aligned buffer.
    boundary[name] = new kind(bytes.slice(at, end).buffer);
    at = end;
  }
  return boundary as Boundary;
}
