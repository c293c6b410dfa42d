import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface CommandMeasures {
  readonly wallSeconds: number;
  /** User and system time of the command and all processes it started. */
  readonly cpuSeconds: number;
  /** Highest sum of the resident memory of these processes, as sampled. */
  readonly peakMegabytes: number;
  readonly output: string;
}

const sampleMilliseconds = 100;

/** Runs a command to its end and measures it with all its children. Throws with what it said when it fails. */
export async function measureCommand(
  command: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<CommandMeasures> {
  const script = 'TIMEFORMAT="%R %U %S"; time "$@"';
  const shell = spawn('bash', ['-c', script, 'bash', ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  let output = '';
  // What the command says there, and in the last line its times.
  let errors = '';
  shell.stdout.on('data', (text) => (output += text));
  shell.stderr.on('data', (text) => (errors += text));
  let peakMegabytes = 0;
  const sampling = setInterval(() => {
    peakMegabytes = Math.max(peakMegabytes, residentMegabytes(shell.pid!));
  }, sampleMilliseconds);
  const status = await new Promise((resolve) => shell.once('close', resolve));
  clearInterval(sampling);
  if (status !== 0) throw new Error(`${command.join(' ')} ended with code ${status}: ${output}${errors.slice(-2000)}`);
  const [wallSeconds, user, system] = errors.trim().split('\n').at(-1)!.split(' ').map(Number);
  return { wallSeconds: wallSeconds!, cpuSeconds: user! + system!, peakMegabytes, output };
}

/** Resident memory of a process and all its descendants, by /proc; 0 where there is none. */
function residentMegabytes(root: number): number {
  const children = new Map<number, number[]>();
  const pages = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry)))
    try {
      // Fields after the name of the program, which may hold anything: state, parent, …, 22nd of them resident pages.
      const fields = readFileSync(`/proc/${name}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      const parent = Number(fields[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
      pages.set(Number(name), Number(fields[21]));
    } catch {
      // It ended meanwhile.
    }
  let sum = 0;
  for (const queue = [root]; queue.length > 0; ) {
    const pid = queue.pop()!;
    sum += pages.get(pid) ?? 0;
    queue.push(...(children.get(pid) ?? []));
  }
  return (sum * 4096) / 1e6;
}
