import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Starts a Redis of its own on a socket in a directory.
 * @returns its URL and how to end it; undefined where Redis is not installed
 */
export async function startRedis(directory: string): Promise<{ url: string; stop(): Promise<void> } | undefined> {
  if (spawnSync('redis-server', ['--version']).status !== 0) return undefined;
  const socket = join(directory, 'redis.sock');
  const options = ['--port', '0', '--unixsocket', socket, '--dir', directory, '--save', '', '--appendonly', 'yes'];
  const server = spawn('redis-server', [...options, '--maxmemory-policy', 'noeviction'], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  for (let wait = 0; !existsSync(socket) && wait < 100; wait++) await pause(50);
  return {
    url: `unix://${socket}`,
    async stop() {
      server.kill('SIGTERM');
      await ended;
    },
  };
}
