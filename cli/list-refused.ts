import { basename, join } from 'node:path';
import { type QuarantinedRow, writeQuarantine } from '../pipeline/exchange/quarantine.ts';
import { oneLine } from '../pipeline/messages/one-line.ts';
import type { Language } from '../pipeline/messages/text.ts';

/** Keeps rows of a file that were not taken in, and tells why and where they are; nothing where there are none. */
export async function listRefused(
  file: string,
  workspace: string,
  { crs, quarantine }: { readonly crs: string; readonly quarantine: readonly QuarantinedRow[] },
  language: Language,
): Promise<void> {
  if (quarantine.length === 0) return;
  const kept = quarantinePlace(file, workspace, '.geojson');
  await writeQuarantine(kept, crs, quarantine);
  tellRefused(
    quarantine.map(({ fid, reason }) => `#${fid} ${reason[language]}`),
    kept,
    language,
  );
}

/** Where rows of a file lie that were not taken in. */
export const quarantinePlace = (file: string, workspace: string, extension = ''): string =>
  join(workspace, 'quarantine', basename(file) + extension);

/** Rows that are told one by one; a file of wrong rows only would fill the screen with the same sentence. */
const toldRows = 20;

/** Tells which rows were not taken in, on standard error; the command will end with exit code 2, though the others were. */
export function tellRefused(lines: readonly string[], kept: string, language: Language): void {
  console.error(
    language === 'zh'
      ? `${lines.length} 行未录入；原样连同原因存于 ${kept}，改正后可再次导入该文件`
      : `rows not taken in: ${lines.length}; kept with the reasons in ${kept}: mend them and take that file in again`,
  );
  for (const line of lines.slice(0, toldRows)) console.error(`  ${oneLine(line)}`);
  const more = lines.length - toldRows;
  if (more > 0)
    console.error(language === 'zh' ? `  …… 另有 ${more} 行，见该文件` : `  … and ${more} more, see that file`);
  process.exitCode = 2;
}
