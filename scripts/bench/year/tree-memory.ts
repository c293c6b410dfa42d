import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** Memory of one process, bytes. */
export interface ProcessMemory {
  /** File name of its program, of the script where that is Node. */
  readonly program: string;
  readonly residentBytes: number;
  /** The same, but of a page that several processes have, a part for each. */
  readonly proportionalBytes: number;
}

/** Memory of a process and all its descendants; of none where the system does not tell, as only Linux does. */
export function treeMemory(root: number): ProcessMemory[] {
  return [root, ...descendants(root)].flatMap((pid) => {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      const [own = '', script = own] = words.filter((word, at) => at === 0 || word.endsWith('.js'));
      const program = basename(own === process.execPath ? script : own);
      const memory = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
      const bytes = (name: string): number => 1024 * Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(memory)![1]);
      return [{ program, residentBytes: bytes('Rss'), proportionalBytes: bytes('Pss') }];
    } catch {
      // It ended meanwhile.
      return [];
    }
  });
}

function descendants(pid: number): number[] {
  try {
    const children = readdirSync(`/proc/${pid}/task`)
      .flatMap((thread) => readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' '))
      .filter(Boolean)
      .map(Number);
    return children.flatMap((child) => [child, ...descendants(child)]);
  } catch {
    return [];
  }
}
