import fc from 'fast-check';
import { expect, test } from 'vitest';
import { valuesOfClasses } from '../../../pipeline/tasks/code-values.ts';

const code = fc.oneof(
  fc.integer({ min: 0, max: 300 }),
  fc.integer({ min: -5, max: 70_000 }),
  fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  fc.constantFrom(0, -0, 0.5, 255, 256, 65_535, 65_536, 2 ** 31, 2 ** 32),
);

test('a look-up of classes finds what a search finds, the last entry of a code where there are several', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(code, fc.integer())), fc.array(code), (entries, others) => {
      const lookUp = valuesOfClasses(entries, -1, -2);
      for (const stored of [...others, ...entries.map(([known]) => known)])
        expect(lookUp(stored)).toBe(entries.findLast(([known]) => known === stored)?.[1] ?? -2);
      expect(lookUp(Number.NaN)).toBe(-1);
    }),
    { seed: 20_261_127 },
  );
});
