import { spawn } from 'node:child_process';

export interface CommandMeasures {
  readonly wallSeconds: number;
  /** User and system time of the command and all processes it started. */
  readonly cpuSeconds: number;
  readonly output: string;
}

const lookMilliseconds = 200;

/**
 * Runs a command to its end and measures it with all its children. Throws with what it said when it fails.
 * @param look is called again and again meanwhile with the number of the process at the top
 */
export async function measureCommand(
  command: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  look?: (pid: number) => void,
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
  const looking = look && setInterval(() => look(shell.pid!), lookMilliseconds);
  const status = await new Promise((resolve) => shell.once('close', resolve));
  clearInterval(looking);
  if (status !== 0) throw new Error(`${command.join(' ')} ended with code ${status}: ${output}${errors.slice(-2000)}`);
  const [wallSeconds, user, system] = errors.trim().split('\n').at(-1)!.split(' ').map(Number);
  return { wallSeconds: wallSeconds!, cpuSeconds: user! + system!, output };
}
