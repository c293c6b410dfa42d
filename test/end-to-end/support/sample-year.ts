import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { parseDocument } from 'yaml';
import { generateRegion } from '../../../data-samples/generate-region.ts';
import { ensureBuilt, root } from '../../workers/support/engine.ts';

/** A small edition of the sample region with a run file beside it. */
export interface SampleYear {
  readonly directory: string;
  readonly runFile: string;
  /** Path of a file of the region. */
  path(name: string): string;
  /** The manifest of the last finished run. */
  manifest(workspace?: string): string;
  /** A copy of the run file with a workspace and results of its own. */
  withWorkspace(name: string): string;
  remove(): void;
}

export interface SampleYearOptions {
  /** Cells per side, a multiple of 8 from 240. */
  readonly size: number;
  readonly tileSize: number;
  /** Leaves out pictures and factors, which only take time. */
  readonly plain?: boolean;
}

export async function sampleYear({ size, tileSize, plain }: SampleYearOptions): Promise<SampleYear> {
  const directory = mkdtempSync(join(tmpdir(), 'shuibao-year-'));
  await generateRegion(join(directory, 'region'), size);
  const text = readFileSync(join(root, 'data-samples', '2024.yaml'), 'utf8');
  const writeRun = (name: string): string => {
    const document = parseDocument(text);
    document.set('workspace', name);
    document.set('results', `${name}-results`);
    document.setIn(['grid', 'tileSize'], tileSize);
    if (plain) document.set('outputs', { map: false, chart: false });
    const path = join(directory, `${name}.yaml`);
    mkdirSync(directory, { recursive: true });
    writeFileSync(path, String(document));
    return path;
  };
  return {
    directory,
    runFile: writeRun('work'),
    path: (name) => join(directory, 'region', name),
    manifest: (name = 'work') => readFileSync(join(directory, `${name}-results`, 'manifest.json'), 'utf8'),
    withWorkspace: writeRun,
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** A sample year for the tests of a suite, made before and removed after them. */
export function yearOfSuite(options: SampleYearOptions): () => SampleYear {
  let year: SampleYear | undefined;
  beforeAll(async () => {
    ensureBuilt();
    year = await sampleYear(options);
  }, 120_000);
  afterAll(() => year?.remove());
  return () => year!;
}

export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCommand {
  readonly process: ChildProcess;
  readonly finished: Promise<Finished>;
}

/** Starts the `shuibao` command in a process group of its own. */
export function startShuibao(
  args: readonly string[],
  environment: Record<string, string> = {},
  cwd = root,
): RunningCommand {
  const child = spawn(process.execPath, [join(root, 'dist', 'program', 'shuibao.js'), ...args], {
    cwd,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LANG: 'zh_CN.UTF-8', LC_ALL: '', ...environment },
  });
  let stdout = '';
  let stderr = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const finished = new Promise<Finished>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return { process: child, finished };
}

/** Resolves when the command has written a text. */
export const says = (
  { process: child, finished }: RunningCommand,
  text: string,
  stream: 'stdout' | 'stderr' = 'stdout',
): Promise<void> =>
  new Promise((resolve, reject) => {
    let heard = '';
    child[stream]!.on('data', (part: string) => {
      heard += part;
      if (heard.includes(text)) resolve();
    });
    void finished.then(({ stderr }) => reject(new Error(`it ended: ${stderr}`)));
  });

/** Runs the `shuibao` command to its end. */
export const shuibao = (args: readonly string[], environment: Record<string, string> = {}): Promise<Finished> =>
  startShuibao(args, environment).finished;

/** What a power cut does: every process of the command is gone at once. */
export function powerCut({ process: child }: RunningCommand): void {
  process.kill(-child.pid!, 'SIGKILL');
}
