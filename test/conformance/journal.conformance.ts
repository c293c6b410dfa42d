import { describe, expect, it } from 'vitest';
import type { Journal, JournalEntry, NewEntry } from '../../pipeline/catalog/journal.ts';

export interface JournalUnderTest {
  /** The same journal, as another process opens it. */
  open(): Journal;
  /** Does to the stored entry of a number what nobody should: changes its body, or takes it out. */
  tamper(sequence: number, harm: 'change' | 'remove'): Promise<void>;
}

export const entry = (n: number): NewEntry => ({
  at: `2024-10-${String(n).padStart(2, '0')}T00:00:00Z`,
  by: '张',
  kind: 'note',
  // Numbers and signs that storing as JSON could write in another way.
  body: {
    n,
    text: '图斑 \u0000 "é" \\',
    exact: [1e21, 0.1 + 0.2, 1.0, 12345678901234567000],
    empty: {},
    none: null,
  },
});

/** What any journal must do, wherever it lies. */
export function journalConformance(name: string, make: () => Promise<JournalUnderTest>): void {
  describe(`${name} as a journal`, () => {
    it('is empty at first, and gives back what was appended, in order and bound together', async () => {
      const { open } = await make();
      expect(await open().read()).toEqual([]);
      const added = [...(await open().append([entry(1), entry(2)])), ...(await open().append([entry(3)]))];
      const entries = await open().read();
      expect(entries).toEqual(added);
      expect(entries.map(({ sequence, by, body }) => [sequence, by, body])).toEqual(
        [1, 2, 3].map((n) => [n, '张', JSON.parse(JSON.stringify(entry(n).body))]),
      );
      expect(entries[0]!.previous).toBe('0'.repeat(64));
      expect(entries.slice(1).map(({ previous }) => previous)).toEqual(entries.slice(0, 2).map(({ hash }) => hash));
    });

    it('hashes an entry as any other program would: SHA-256 over its JSON with sorted names', async () => {
      const { open } = await make();
      const [first] = await open().append([{ ...entry(1), body: { b: [1, 'é'], a: null } }]);
      expect(first!.hash).toBe('1843acf8198d59686d10ec9daa94b213abde66875055a319de021b71b9718aa4');
    });

    it.each<['change' | 'remove', number, number]>([
      ['change', 2, 2],
      ['remove', 2, 2],
      ['remove', 1, 1],
      ['change', 3, 3],
    ])('names the first broken entry after a %s of %i, and appends nothing to it', async (harm, at, named) => {
      const { open, tamper } = await make();
      await open().append([entry(1), entry(2), entry(3)]);
      await tamper(at, harm);
      await expect(open().read()).rejects.toMatchObject({ finding: { code: 'journal-broken' } });
      await expect(open().read()).rejects.toThrow(new RegExp(`entry ${named} `));
      if (at === 3) await expect(open().append([entry(4)])).rejects.toThrow(/entry 3 /);
    });

    it('appends all of several entries or none', async () => {
      const { open } = await make();
      const body = Object.defineProperty({}, 'bad', {
        enumerable: true,
        get: () => {
          throw new Error('unfit');
        },
      });
      const unfit = { ...entry(2), body };
      await expect(open().append([entry(1), unfit])).rejects.toThrow();
      expect(await open().read()).toEqual([]);
    });

    it('lets a writer look at what others appended since, and think again', async () => {
      const { open } = await make();
      await open().append([entry(1), entry(2)]);
      const seen: number[][] = [];
      const counting = (from: number) => ({
        seen: from,
        entries(since: readonly JournalEntry[]): NewEntry[] {
          seen.push(since.map(({ sequence }) => sequence));
          return since.length > 1 ? [] : [entry(5 + since.length)];
        },
      });
      expect((await open().append(counting(2))).map(({ sequence }) => sequence)).toEqual([3]);
      expect((await open().append(counting(2))).map(({ sequence }) => sequence)).toEqual([4]);
      expect(await open().append(counting(2))).toEqual([]);
      expect(seen).toEqual([[], [3], [3, 4]]);
      const refusing = (): never => {
        throw new Error('overtaken');
      };
      await expect(open().append({ seen: 0, entries: refusing })).rejects.toThrow('overtaken');
      expect(await open().read()).toHaveLength(4);
    });

    it('keeps its chain when several append at once', async () => {
      const { open } = await make();
      await Promise.all([1, 2, 3, 4, 5, 6].map((n) => open().append([entry(n), entry(n + 10)])));
      const entries = await open().read();
      expect(entries).toHaveLength(12);
      // What was appended together stays together.
      const numbers = entries.map(({ body }) => (body as { n: number }).n);
      for (let at = 0; at < numbers.length; at += 2) expect(numbers[at + 1]).toBe(numbers[at]! + 10);
    });
  });
}
