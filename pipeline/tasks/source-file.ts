import { stat } from 'node:fs/promises';
import { userError } from '../messages/user-error.ts';
import type { JsonValue, ResolvedInput, ResolvedTask } from './task.ts';

/** Where a user's file lies and how it looked when its content was digested. */
export interface SourceFile {
  readonly path: string;
  /** Path as the user wrote it, for messages. */
  readonly shown: string;
  readonly bytes: number;
  readonly modifiedNanoseconds: string;
}

/** Describes a file for a task's locator. */
export async function sourceFile(path: string, shown: string): Promise<SourceFile> {
  const found = await stat(path, { bigint: true }).catch((error: NodeJS.ErrnoException) => {
    throw userError(
      'file-missing',
      shown,
      { zh: `无法打开文件（${error.code}）`, en: `the file cannot be opened (${error.code})` },
      { zh: '应为运行文件中写明的输入', en: 'expected the input named in the run file' },
      { zh: '请检查路径（相对于运行文件）', en: 'check the path, relative to the run file' },
    );
  });
  return { path, shown, bytes: Number(found.size), modifiedNanoseconds: String(found.mtimeNs) };
}

/**
 * Path of a user's file that a task reads.
 * @throws UserError when the file changed after its content was digested: its key would vouch for other bytes.
 */
export async function openSource(input: ResolvedInput): Promise<string> {
  const planned = input.source as unknown as SourceFile;
  const now = await sourceFile(planned.path, planned.shown);
  if (now.bytes !== planned.bytes || now.modifiedNanoseconds !== planned.modifiedNanoseconds)
    throw userError(
      'file-changed',
      planned.shown,
      { zh: '运行期间文件被改动', en: 'the file changed while the run was going on' },
      { zh: '运行期间输入应保持不变', en: 'inputs must stay as they are during a run' },
      { zh: '请重新运行，已完成的部分会保留', en: 'run again; what is finished is kept' },
    );
  return planned.path;
}

/** A locator as plain JSON. */
export const locator = (file: SourceFile): JsonValue => ({ ...file });

/** The user's files that a task reads, as the user wrote them, each once. */
export function sourcesShown(task: Pick<ResolvedTask, 'inputs'>): readonly string[] {
  const names = Object.values(task.inputs).map(({ source }) => (source as Partial<SourceFile> | undefined)?.shown);
  return [...new Set(names.filter((name) => typeof name === 'string'))];
}
