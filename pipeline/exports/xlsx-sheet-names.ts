import type { Table } from '../../models/statistics/tables/table.ts';
import type { Language } from '../messages/text.ts';
import { numberedTitle } from './table-headings.ts';

const longest = 31;

/**
 * Names of the sheets: the numbered titles, as far as Excel allows. A sheet name has at most 31 characters, none of []:*?/\, no
 * apostrophe at its ends, and differs from the others by more than upper and lower case.
 */
export function sheetNames(tables: readonly Table[], language: Language): string[] {
  const taken = new Set<string>();
  return tables.map((table) => {
    const plain = numberedTitle(table, language).replace(/[[\]:*?/\\\p{Cc}]/gu, ' ');
    const base = plain.replace(/^['\s]+/, '') || table.id;
    for (let serial = 1; ; serial++) {
      const suffix = serial === 1 ? '' : ` (${serial})`;
      const name = base.slice(0, longest - suffix.length).replace(/['\s\ud800-\udbff]+$/, '') + suffix;
      if (taken.has(name.toLowerCase())) continue;
      taken.add(name.toLowerCase());
      return name;
    }
  });
}
