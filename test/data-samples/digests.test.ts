import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contentDigests } from '../../data-samples/files/content-digest.ts';
import { regionFiles } from '../../data-samples/files/region-files.ts';
import { defaultSeed, defaultSize } from '../../data-samples/generate-region.ts';
import { makeRegion } from '../../data-samples/region-content.ts';

interface Pinned {
  readonly small: Readonly<Record<string, string>>;
  readonly full: Readonly<Record<string, string>>;
}

/** Written with `node dist/data-samples/generate.js --digests`, with `--size 320` for the small one. */
const pinned = JSON.parse(
  readFileSync(new URL('../fixtures/sample-region-digests.json', import.meta.url), 'utf8'),
) as Pinned;

const digestsOf = (size: number, seed: number) => contentDigests(regionFiles(makeRegion(size, seed)));

describe('content of the sample region', () => {
  it('is the same every time, on every machine, for a small region', () => {
    const once = digestsOf(320, defaultSeed);
    expect(digestsOf(320, defaultSeed)).toEqual(once);
    expect(once).toEqual(pinned.small);
  });

  it('is another for another seed', () => {
    const other = digestsOf(320, defaultSeed + 1);
    const same = Object.keys(other).filter((path) => other[path] === pinned.small[path]);
    // Only what does not depend on the ground: the tables of names and dates, and the frames of Shapefiles.
    expect(same.sort()).toEqual([
      'projects/project-boundaries.prj',
      'rain/stations.csv',
      'tables/imagery-dates.csv',
      'zones/counties.cpg',
      'zones/counties.prj',
    ]);
  });

  it('is the published one for the full region', { timeout: 300_000 }, () => {
    expect(digestsOf(defaultSize, defaultSeed)).toEqual(pinned.full);
  });
});
