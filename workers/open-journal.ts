import { join } from 'node:path';
import { FileJournal } from '../pipeline/catalog/file-journal.ts';
import type { Journal } from '../pipeline/catalog/journal.ts';

/** The journal of a workspace. Reading it and appending to it need no ownership of the workspace. */
export const openJournal = (workspace: string): Journal => new FileJournal(join(workspace, 'journal.jsonl'));
