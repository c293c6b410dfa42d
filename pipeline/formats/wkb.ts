import type { Geometry, Position } from './geometry.ts';

const names = ['Point', 'LineString', 'Polygon', 'MultiPoint', 'MultiLineString', 'MultiPolygon', 'GeometryCollection'];

/** Walks well-known binary; heights and measures are skipped. */
class Reader {
  #at = 0;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  geometry(): Geometry {
    const little = this.#view.getUint8(this.#at) === 1;
    const code = this.#view.getUint32(this.#at + 1, little);
    this.#at += 5;
    // ISO codes add 1000 per extra dimension; the older form sets the top bit for heights.
    const extra = code & 0x80000000 ? 1 : [0, 1, 1, 2][Math.floor((code & 0xffff) / 1000)]!;
    const name = names[((code & 0xffff) % 1000) - 1];
    const count = (): number => {
      this.#at += 4;
      return this.#view.getUint32(this.#at - 4, little);
    };
    const position = (): Position => {
      const x = this.#view.getFloat64(this.#at, little);
      const y = this.#view.getFloat64(this.#at + 8, little);
      this.#at += 16 + extra * 8;
      return [x, y];
    };
    const list = <T>(item: () => T): T[] => {
      const length = count();
      const items: T[] = [];
      for (let i = 0; i < length; i++) items.push(item());
      return items;
    };
    const parts = <T>(): T[] => list(() => (this.geometry() as unknown as { coordinates: T }).coordinates);
    switch (name) {
      case 'Point':
        return { type: name, coordinates: position() };
      case 'LineString':
        return { type: name, coordinates: list(position) };
      case 'Polygon':
        return { type: name, coordinates: list(() => list(position)) };
      case 'MultiPoint':
        return { type: name, coordinates: parts<Position>() };
      case 'MultiLineString':
        return { type: name, coordinates: parts<Position[]>() };
      case 'MultiPolygon':
        return { type: name, coordinates: parts<Position[][]>() };
      case 'GeometryCollection':
        return { type: name, geometries: list(() => this.geometry()) };
      default:
        throw new TypeError(`geometry type ${code} is not supported`);
    }
  }
}

/** Geometry of well-known binary, every coordinate to the last bit. Raises a `TypeError` for curves and surfaces. */
export const fromWkb = (bytes: Uint8Array): Geometry => new Reader(bytes).geometry();

/** Well-known binary (little-endian) of a geometry. */
export function toWkb(geometry: Geometry): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  const add = (size: number, fill: (view: DataView) => void): void => {
    const bytes = new Uint8Array(size);
    fill(new DataView(bytes.buffer));
    parts.push(bytes);
  };
  const count = (value: number): void => add(4, (view) => view.setUint32(0, value, true));
  const position = ([x, y]: Position): void =>
    add(16, (view) => {
      view.setFloat64(0, x, true);
      view.setFloat64(8, y, true);
    });
  const line = (positions: readonly Position[]): void => {
    count(positions.length);
    positions.forEach(position);
  };
  const lines = (rings: readonly (readonly Position[])[]): void => {
    count(rings.length);
    rings.forEach(line);
  };
  const write = (shape: Geometry): void => {
    add(5, (view) => {
      view.setUint8(0, 1);
      view.setUint32(1, names.indexOf(shape.type) + 1, true);
    });
    if (shape.type === 'Point') position(shape.coordinates);
    else if (shape.type === 'LineString') line(shape.coordinates);
    else if (shape.type === 'Polygon') lines(shape.coordinates);
    else {
      const inner: readonly Geometry[] =
        shape.type === 'GeometryCollection'
          ? shape.geometries
          : (shape.coordinates as readonly unknown[]).map(
              (coordinates) => ({ type: shape.type.slice(5), coordinates }) as unknown as Geometry,
            );
      count(inner.length);
      inner.forEach(write);
    }
  };
  write(geometry);
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
