import { basename, join } from 'node:path';
import { writeQuarantine } from '../pipeline/exchange/quarantine.ts';
import type { QuarantinedRow } from '../pipeline/exchange/read-features.ts';
import type { Language } from '../pipeline/messages/text.ts';

/** Keeps rows of a file that were not taken in, and prints why and where they are; nothing where there are none. */
export async function listRefused(
  file: string,
  workspace: string,
  rows: readonly QuarantinedRow[],
  language: Language,
): Promise<void> {
  if (rows.length === 0) return;
  const kept = join(workspace, 'quarantine', `${basename(file)}.geojson`);
  await writeQuarantine(kept, rows);
  for (const { fid, reason } of rows) console.log(`  #${fid} ${reason[language]}`);
  console.log(kept);
}
