import { landUseClasses } from '../../models/parameters/land-use-classes.ts';
import { crosswalkCodes } from '../../models/parameters/land-use-crosswalk.ts';
import { landUseCrosswalks } from '../../models/parameters/land-use-crosswalks.ts';
import type { RunFile } from '../inputs/run-file-schema.ts';

/** Code in a file of the scheme → code of the monitoring classification. */
export function landUseCrosswalk(scheme: RunFile['inputs']['landUse']['scheme']): Record<string, number> {
  if (scheme === 'monitoring') return Object.fromEntries(landUseClasses.map(({ code }) => [String(code), code]));
  return Object.fromEntries([...crosswalkCodes(landUseCrosswalks[scheme])].map(([from, to]) => [String(from), to]));
}
