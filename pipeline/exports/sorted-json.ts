/**
 * A value as JSON whose bytes depend on its content only: keys sorted by code units, two spaces of indentation, a line break at the
 * end. Keys without a value are left out.
 *
 * @throws RangeError for NaN and infinite numbers, which JSON would turn into null, and for what JSON cannot hold.
 */
export function sortedJson(value: unknown): string {
  return `${JSON.stringify(sortedKeys(value, '$'), null, 2)}\n`;
}

function sortedKeys(value: unknown, place: string): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError(`${place} is ${value}`);
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (Array.isArray(value)) return value.map((item, index) => sortedKeys(item, `${place}[${index}]`));
  if (typeof value !== 'object' || (Object.getPrototypeOf(value) ?? Object.prototype) !== Object.prototype)
    throw new RangeError(`${place} is a ${typeof value} that JSON cannot hold`);
  // A null prototype keeps a key such as __proto__ an ordinary one; numeric keys come first, as in every object.
  const result: Record<string, unknown> = Object.create(null);
  for (const key of Object.keys(value).sort()) {
    const item = (value as Record<string, unknown>)[key];
    if (item !== undefined) result[key] = sortedKeys(item, `${place}.${key}`);
  }
  return result;
}
