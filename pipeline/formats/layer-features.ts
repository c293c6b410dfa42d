import { setImmediate } from 'node:timers/promises';
import type { Feature, Geometry, Layer } from 'gdal-async';

/**
 * What the decoder hands over, well-known binary above all, is freed when the loop of events turns, and not before. It
 * turns after so many bytes of geometry, with something for each feature itself.
 */
const bytesAtOnce = 2e6;
const bytesPerFeature = 1000;

/** Calls back for the features of a layer in their order, until there are no more or the callback returns false. */
export async function eachFeature(
  layer: Layer,
  visit: (feature: Feature, geometry: Geometry | null) => boolean,
): Promise<void> {
  let bytes = 0;
  for (let feature = layer.features.first(); feature !== null; feature = layer.features.next()) {
    const geometry = feature.getGeometry();
    if (!visit(feature, geometry)) return;
    bytes += bytesPerFeature + (geometry?.wkbSize ?? 0);
    if (bytes < bytesAtOnce) continue;
    bytes = 0;
    await setImmediate();
  }
}
