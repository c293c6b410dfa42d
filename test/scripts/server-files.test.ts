import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { serveCommand } from '../../cli/commands/serve.ts';
import { workerCommand } from '../../cli/commands/worker.ts';
import { root } from '../workers/support/engine.ts';

const file = (name: string) => join(root, 'scripts', 'server', name);
const read = (name: string) => readFileSync(file(name), 'utf8');
const units = ['shuibao-serve.service', 'shuibao-worker.service'];
const valueIn = (unit: string, name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(unit)?.[1];

/** Throws when a command line names a command or an option that the program does not have, or a value it refuses. */
function expectUnderstood([name, ...args]: readonly string[]): void {
  const commands: Record<string, () => Command> = {
    serve: () => serveCommand(() => 'zh'),
    worker: () => workerCommand(() => 'zh'),
  };
  const command = commands[name!]!()
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  let ran = false;
  command.action(() => {
    ran = true;
  });
  command.parse(args, { from: 'user' });
  expect(ran).toBe(true);
}

const graceIn = (args: readonly string[]) => Number(args[args.indexOf('--grace') + 1]);
const minutes = (text: string) => 60 * Number(/^(\d+) ?m(?:in)?$/.exec(text)![1]);

const hasVerifier = spawnSync('systemd-analyze', ['--version']).status === 0;

describe('the units for systemd', () => {
  it.each(units)('%s starts what the program knows and waits longer than its grace', (name) => {
    const unit = read(name);
    const [, ...args] = valueIn(unit, 'ExecStart')!.split(' ');
    expectUnderstood(args);
    expect(valueIn(unit, 'KillMode')).toBe('mixed');
    if (args.includes('--grace')) expect(minutes(valueIn(unit, 'TimeoutStopSec')!)).toBeGreaterThan(graceIn(args));
  });

  it.skipIf(!hasVerifier)('are found right by systemd itself', () => {
    const directory = mkdtempSync(join(tmpdir(), 'shuibao-units-'));
    try {
      for (const name of units)
        writeFileSync(join(directory, name), read(name).replace('/usr/bin/shuibao', process.execPath));
      const paths = units.map((name) => join(directory, name));
      const { status, stderr } = spawnSync('systemd-analyze', ['verify', ...paths], { encoding: 'utf8' });
      expect(stderr.split('\n').filter((line) => line.includes('shuibao-'))).toEqual([]);
      expect(status).toBe(0);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
});

interface Service {
  readonly command?: string | readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly hostname?: string;
  readonly stop_grace_period?: string;
  readonly ports?: readonly string[];
}

describe('the composition of containers', () => {
  const text = read('compose.yaml');
  const { services } = parse(text, { merge: true }) as { services: Record<string, Service> };

  it('starts what the program knows, with the settings it reads', () => {
    const sources = ['cli/runs-access.ts', 'workers/queue-backend.ts', 'workers/engine.ts', 'workers/store-location.ts']
      .map((each) => readFileSync(join(root, each), 'utf8'))
      .join('\n');
    for (const name of ['owner', 'worker']) {
      const { command, environment } = services[name]!;
      expectUnderstood(command as readonly string[]);
      for (const setting of Object.keys(environment)) expect(sources).toContain(setting);
    }
    const { worker, owner } = services;
    expect(minutes(worker!.stop_grace_period!)).toBeGreaterThan(graceIn(worker!.command as string[]));
    // A lock of a container with a name made up at each start would count as that of another machine.
    expect(owner!.hostname).toBeDefined();
  });

  it('asks only for variables that the example of its settings has, and lets nobody in from other machines', () => {
    const asked = [...text.matchAll(/(?<!\$)\$\{([A-Z_]+)/g)].map(([, name]) => name!);
    const offered = [...read('compose.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name!);
    expect([...new Set(asked)].sort()).toEqual(offered.sort());
    for (const { ports = [] } of Object.values(services))
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  it('keeps tasks in Redis whatever happens', () => {
    expect(services.redis!.command).toContain('--maxmemory-policy noeviction');
    expect(services.redis!.command).toContain('--appendonly yes');
  });
});
