import { once } from 'node:events';
import { createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { mapPositions } from '../../../../pipeline/formats/geometry.ts';
import { readVector } from '../../../../pipeline/formats/vector-read.ts';
import { type OutputFeature, type OutputField, writeVector } from '../../../../pipeline/formats/vector-write.ts';
import { images, type Mirror, stretched } from './mirror.ts';

const areaField = 'MJ';

/** Writes a GeoJSON file of the generator, a feature a line, with all images of each feature. */
export async function layFeatures(mirror: Mirror, from: string, to: string): Promise<void> {
  const out = createWriteStream(to);
  const all = images(mirror);
  const file = await open(from);
  let written = 0;
  for await (const line of file.readLines()) {
    if (!line.startsWith('{"type":"Feature",')) {
      out.write(`${written > 0 ? '\n' : ''}${line}\n`);
      continue;
    }
    const { geometry, ...feature } = JSON.parse(line.replace(/,$/, '')) as OutputFeature;
    for (const image of all) {
      const text = JSON.stringify({ ...feature, geometry: mapPositions(geometry, image) });
      if (!out.write(`${written++ > 0 ? ',\n' : ''}${text}`)) await once(out, 'drain');
    }
  }
  out.end();
  await once(out, 'close');
}

/** Writes zones stretched over the large region: as many, with the same neighbours. */
export async function stretchZones(mirror: Mirror, from: string, to: string): Promise<void> {
  const layer = await readVector(from);
  const fields = layer.fields.map(({ name, type, width }): OutputField => {
    return type === 'string' ? { name, type: 'text', width } : { name, type: 'number' };
  });
  const features = layer.features.map(({ geometry, properties }): OutputFeature => {
    const area = Number(properties[areaField]) * mirror.times ** 2;
    return {
      geometry: mapPositions(geometry!, stretched(mirror)),
      properties: { ...(properties as OutputFeature['properties']), [areaField]: area },
    };
  });
  writeVector(to, { crs: layer.crs!, fields, features });
}

/** Writes the table of official areas for zones that are stretched. */
export function stretchAreas({ times }: Mirror, from: string, to: string): void {
  const [head, ...rows] = readFileSync(from, 'utf8').trimEnd().split('\n');
  const stretchedRows = rows.map((row) => {
    const [code, name, area, ...rest] = row.split(',');
    return [code, name, (Number(area) * times ** 2).toFixed(2), ...rest].join(',');
  });
  writeFileSync(to, `${[head, ...stretchedRows].join('\n')}\n`);
}
