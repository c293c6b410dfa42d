import { projString } from '../../formats/crs.ts';
import { UserError } from '../../messages/user-error.ts';
import { settingError, type WrittenRun } from './written-run.ts';

/** Every `crs` of the run file names a coordinate system. */
export function refuseSystems(run: WrittenRun): void {
  visit(run, run.yaml.content, []);
}

function visit(run: WrittenRun, value: unknown, path: readonly (string | number)[]): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const place = [...path, Array.isArray(value) ? Number(key) : key];
    if (key === 'crs' && typeof inner === 'string') refuseUnknown(run, inner, place);
    else visit(run, inner, place);
  }
}

function refuseUnknown(run: WrittenRun, crs: string, path: readonly (string | number)[]): void {
  try {
    projString(crs);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw settingError(
      run,
      'crs-unknown',
      path,
      { zh: `为“${crs.slice(0, 60)}”，不是已知的坐标系`, en: `is “${crs.slice(0, 60)}”, no known coordinate system` },
      error.finding.expected,
      { zh: '例如 EPSG:4544（CGCS2000 3 度带）', en: 'for example EPSG:4544 (CGCS2000, 3-degree zone)' },
    );
  }
}
