import { spawnSync } from 'node:child_process';

/** What a program and all that it started took. */
export interface ProcessTreeTime {
  /** User and system time. */
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  readonly output: string;
}

/**
 * Runs a program to its end.
 * @throws Error with the last lines of what it wrote to its error output
 */
export function runProgram(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): ProcessTreeTime {
  const script = 'TIMEFORMAT="%R %U %S"; { time "$@" 2>&3; } 3>&2';
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script, 'bash', command, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    env: { ...process.env, LC_ALL: 'C', ...environment },
  });
  const lines = stderr.trim().split('\n');
  if (status !== 0) throw new Error(`${command} failed: ${lines.slice(-6, -1).join(' ')}`);
  const [wall, user, system] = lines.at(-1)!.split(' ').map(Number);
  return { cpuSeconds: user! + system!, wallSeconds: wall!, output: stdout };
}
