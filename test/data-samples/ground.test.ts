import { describe, expect, it } from 'vitest';
import { changesByReason } from '../../data-samples/land/land-use-change.ts';
import { landUseNames } from '../../data-samples/land/land-use-codes.ts';
import { visitCells } from '../../data-samples/projects/projects.ts';
import { sampleYears } from '../../data-samples/region-content.ts';
import { landUseClasses } from '../../models/parameters/land-use-classes.ts';
import { rasterizeFeatures } from '../../pipeline/formats/rasterize.ts';
import { lawRegion } from './law-region.ts';

const shareOf = (values: Uint8Array, test: (value: number) => boolean): number => {
  let count = 0;
  for (const value of values) if (test(value)) count++;
  return count / values.length;
};

describe('elevation', () => {
  it('has loess heights and one small gap of one piece', () => {
    const { elevation, frame } = lawRegion();
    const gap: number[] = [];
    for (let cell = 0; cell < elevation.length; cell++) {
      const height = elevation[cell]!;
      if (Number.isNaN(height)) gap.push(cell);
      else if (height < 1500 || height > 2500) throw new Error(`cell ${cell} lies at ${height} m`);
    }
    expect(gap.length).toBeGreaterThan(100);
    expect(gap.length).toBeLessThan(1000);
    const missing = new Set(gap);
    const reached = new Set([gap[0]!]);
    for (const cell of reached)
      for (const next of [cell - 1, cell + 1, cell - frame.size, cell + frame.size])
        if (missing.has(next)) reached.add(next);
    expect(reached.size).toBe(gap.length);
  });

  it('is hill country: half of it between 10 and 20 degrees, hardly anything above 40', () => {
    const degrees = [...lawRegion().slopeTangent.filter((_, i) => i % 11 === 0)]
      .map((tangent) => (Math.atan(tangent) * 180) / Math.PI)
      .sort((a, b) => a - b);
    const quantile = (share: number) => degrees[Math.floor(share * degrees.length)]!;
    expect(quantile(0.25)).toBeGreaterThan(8);
    expect(quantile(0.75)).toBeLessThan(22);
    expect(quantile(0.999)).toBeLessThan(45);
  });
});

describe('land use', () => {
  it('uses codes of the official table only, and names them as the table does', () => {
    const official = new Map<number, string>(landUseClasses.map(({ code, name }) => [code, name.zh]));
    for (const [code, name] of Object.entries(landUseNames)) expect(official.get(Number(code))).toBe(name);
    for (const year of sampleYears)
      for (const code of new Set(lawRegion().landUse[year])) expect(official.has(code)).toBe(true);
  });

  it('has what a loess county has, in believable shares', () => {
    const map = lawRegion().landUse[2024];
    const cropland = shareOf(map, (code) => code >= 11 && code <= 13);
    expect(cropland).toBeGreaterThan(0.2);
    expect(cropland).toBeLessThan(0.5);
    expect(shareOf(map, (code) => code === 52)).toBeGreaterThan(0.003);
    expect(shareOf(map, (code) => code === 61 || code === 62)).toBeGreaterThan(0.003);
    expect(shareOf(map, (code) => code === 71)).toBeGreaterThan(0.003);
  });

  it('differs between the years exactly where a reason is stated', () => {
    const { landUse, changeReason } = lawRegion();
    const allowed: Readonly<Record<number, Readonly<Record<number, readonly number[]>>>> = changesByReason;
    const odd = new Set<string>();
    changeReason.forEach((reason, cell) => {
      const before = landUse[2023][cell]!;
      const after = landUse[2024][cell]!;
      if ((before !== after) !== reason > 0) odd.add(`${before} to ${after} for ${reason}`);
      else if (reason === 1 && after !== 53) odd.add(`disturbed to ${after}`);
      else if (reason === 6 && (before > 50 || (after !== 51 && after !== 52))) odd.add(`built ${before} to ${after}`);
      else if (reason > 1 && reason !== 6 && !allowed[reason]![before]?.includes(after))
        odd.add(`${before} to ${after} for ${reason}`);
    });
    expect([...odd]).toEqual([]);
    const changed = shareOf(changeReason, (reason) => reason > 0);
    expect(changed).toBeGreaterThan(0.005);
    expect(changed).toBeLessThan(0.05);
  });

  it('is disturbed ground under every planted patch from its date on, and nowhere else', () => {
    const { frame, landUse, projects } = lawRegion();
    for (const [year, image] of [
      [2023, '2023-09-05'],
      [2024, '2024-09-12'],
    ] as const) {
      const expected = new Uint8Array(landUse[year].length);
      projects.patches.forEach(({ geometry }, n) => {
        if (projects.planted[n]!.firstDisturbed < image)
          visitCells(frame, geometry.coordinates, (column, row) => {
            expected[row * frame.size + column] = 1;
          });
      });
      const disturbed = landUse[year].map((code) => (code === 53 ? 1 : 0));
      expect(Buffer.from(disturbed.buffer).equals(Buffer.from(expected.buffer))).toBe(true);
      expect(shareOf(expected, (value) => value === 1)).toBeGreaterThan(0.0003);
    }
  });
});

describe('measures', () => {
  it('lie on terraced or wooded ground and do not overlap', () => {
    const { frame, measures, terraced, landUse } = lawRegion();
    const valued = measures.map(({ geometry }, n) => ({ geometry, value: n + 1 }));
    const first = rasterizeFeatures(valued, frame.grid);
    const last = rasterizeFeatures(valued, frame.grid, undefined, { overlap: 'last' });
    let odd = 0;
    let cells = 0;
    first.forEach((value, cell) => {
      if (value !== last[cell]) throw new Error(`two measures on cell ${cell}`);
      if (value === 0) return;
      cells++;
      const terrace = String(measures[value - 1]!.properties.CSDM).startsWith('0201');
      const code = landUse[2023][cell]!;
      if (terrace ? !terraced[cell] : code < 31 || code > 33) odd++;
    });
    // Smoothed outlines take in a few neighbouring cells.
    expect(odd / cells).toBeLessThan(0.15);
    expect(cells / terraced.length).toBeGreaterThan(0.03);
  });
});
