import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../../pipeline/store/open-store.ts';
import { placeOf } from '../../../pipeline/store/recorded-store.ts';
import { S3Store } from '../../../pipeline/store/s3/s3-store.ts';
import { sha256 } from '../../../pipeline/tasks/task-key.ts';
import { artifactStoreConformance } from '../../conformance/artifact-store.conformance.ts';
import { type FlakyProxy, flakyProxy } from '../../support/flaky-proxy.ts';
import { type S3Server, startS3 } from '../../support/servers.ts';

let server: S3Server;
let proxy: FlakyProxy;
beforeAll(async () => {
  server = await startS3();
  proxy = await flakyProxy(server.port);
});
afterEach(() => {
  proxy.fate = () => 'pass';
  proxy.seen.length = 0;
});
afterAll(async () => {
  await proxy.close();
  await server.stop();
});

artifactStoreConformance('an S3 bucket', async () => ({
  store: new S3Store('s3://results/county/a', { environment: server.environment }),
  environment: server.environment,
  fileOf: (place) => server.fileOf(`county/a/${place}`),
}));

const bytesOf = (text: string) => new TextEncoder().encode(text);
const noise = (length: number, seed: number) =>
  new Uint8Array(length).map((_, at) => (at * 31 + (at >> 8) * seed) & 255);
let prefixes = 0;

describe('an S3 store', () => {
  const through = (settings: Record<string, string> = {}) =>
    new S3Store(`s3://results/${prefixes++}`, {
      environment: { ...server.environment, S3_ENDPOINT: proxy.url, ...settings },
      durable: false,
      patience: { attempts: 4, pauseMilliseconds: 5 },
    });
  const fresh = (name: string) => ({ SHUIBAO_CACHE: join(server.directory, name) });
  const locally = (store: S3Store, digest: string) => join(store.localDirectory, placeOf('objects', digest));

  it.each<[string, string, Record<string, string>, string, RegExp]>([
    ['a wrong bucket', 's3://nobody-has-this', {}, 'store-bucket', /no such bucket at http:/],
    ['a wrong key id', 's3://results', { AWS_ACCESS_KEY_ID: 'x' }, 'store-keys', /InvalidAccessKeyId/],
    ['a silent endpoint', 's3://results', { S3_ENDPOINT: 'http://127.0.0.1:6000' }, 'store-unreachable', /bad port/],
    ['an unknown host', 's3://results', { S3_ENDPOINT: 'http://s3.invalid' }, 'store-unreachable', /s3.invalid/],
  ])('says in one line that there is %s', async (_, url, settings, code, message) => {
    const environment = { ...server.environment, ...settings };
    const store = new S3Store(url, { environment, patience: { attempts: 2, pauseMilliseconds: 1 } });
    const error = await store.prepare().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ finding: { code }, message: expect.stringMatching(message) });
    expect((error as Error).message).not.toContain('\n');
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['s3://b', {}, /STORE_URL.*s3:\/\/bucket/],
    ['s3://Upper/x', {}, /STORE_URL/],
    ['s3://results/../x y', {}, /STORE_URL/],
    ['s3://results', { S3_ENDPOINT: 'not an address' }, /S3_ENDPOINT/],
    ['s3://results', { AWS_ACCESS_KEY_ID: '' }, /AWS_ACCESS_KEY_ID/],
    ['s3://results', { AWS_SESSION_TOKEN: 'x' }, /temporary keys/],
    ['s3://results', { SHUIBAO_CACHE_GB: 'much' }, /SHUIBAO_CACHE_GB/],
  ])('refuses %s with %o', (url, settings, message) => {
    expect(() => openStore(url, { environment: { ...server.environment, ...settings } })).toThrow(message);
  });

  it('puts large files in parts and reads them back whole, over failing requests', async () => {
    const large = noise(17_000_000, 7);
    const store = through();
    const path = join(await store.createTemporaryDirectory(), 'large');
    writeFileSync(path, large);
    const failed = new Set<string>();
    // Every request fails at its first attempt.
    proxy.fate = (call) => (failed.has(call) ? 'pass' : (failed.add(call), { status: 503, code: 'SlowDown' }));
    const stored = await store.putFile(path);
    expect(stored).toEqual({ digest: sha256(large), bytes: large.length });
    expect(new Set(proxy.seen.filter((call) => call.includes('partNumber='))).size).toBe(3);
    // Another machine has nothing in its cache.
    const other = new S3Store(store.location, {
      environment: { ...server.environment, S3_ENDPOINT: proxy.url, ...fresh('other') },
    });
    let cuts = 0;
    proxy.fate = (call) => (call.startsWith('GET') && cuts++ < 3 ? { cutAfter: 4_000_000 } : 'pass');
    expect(sha256(readFileSync(await other.localPath(stored.digest)))).toBe(stored.digest);
    expect(cuts).toBe(4);
  });

  it('leaves no part of an upload that failed', async () => {
    const store = through();
    const path = join(await store.createTemporaryDirectory(), 'large');
    writeFileSync(path, noise(9_000_000, 3));
    proxy.fate = (call) => (call.includes('partNumber=2') ? { status: 507 } : 'pass');
    await expect(store.putFile(path)).rejects.toMatchObject({ finding: { code: 'store-full' } });
    expect(proxy.seen.filter((call) => call.startsWith('DELETE') && call.includes('uploadId='))).toHaveLength(1);
    expect((await store.usage()).objects).toBe(0);
  });

  it('does not take damaged content for good, nor keep it', async () => {
    const store = through();
    const { digest } = await store.putBytes(bytesOf('as it was written'));
    const file = server.fileOf(`${store.location.slice('s3://results/'.length)}/${placeOf('objects', digest)}`);
    writeFileSync(file, 'as it was damaged');
    await expect(store.localPath(digest)).rejects.toMatchObject({ finding: { code: 'store-damaged' } });
    expect(existsSync(locally(store, digest))).toBe(false);
    writeFileSync(file, 'as it was written');
    expect(await store.readBytes(digest)).toEqual(bytesOf('as it was written'));
  });

  it.each([
    [403, 'SignatureDoesNotMatch', 'store-keys'],
    [403, 'AccessDenied', 'store-denied'],
    [403, 'RequestTimeTooSkewed', 'store-denied'],
    [507, 'Refused', 'store-full'],
  ])('tells what an answer of %i %s means', async (status, code, finding) => {
    proxy.fate = () => ({ status, code });
    await expect(through().prepare()).rejects.toMatchObject({ finding: { code: finding } });
    expect(proxy.seen).toHaveLength(1);
  });

  it('stops at once when there is no room left, and after a while when there is no answer', async () => {
    const store = through();
    proxy.fate = () => ({ status: 403, code: 'QuotaExceeded' });
    await expect(store.putBytes(bytesOf('x'))).rejects.toMatchObject({ finding: { code: 'store-full' } });
    expect(proxy.seen).toHaveLength(1);
    proxy.fate = () => ({ status: 500 });
    await expect(store.putBytes(bytesOf('x'))).rejects.toMatchObject({ finding: { code: 'store-unreachable' } });
    expect(proxy.seen).toHaveLength(1 + 4);
  });

  it('keeps its local copies within bounds, dropping what was used longest ago but nothing in use', async () => {
    const store = through({ SHUIBAO_CACHE_GB: '0.0001', ...fresh('small') });
    const path = join(await store.createTemporaryDirectory(), 'file');
    const digests: string[] = [];
    for (let at = 0; at < 12; at++) {
      writeFileSync(path, noise(20_000, at));
      const { digest } = await store.putFile(path, { move: true });
      digests.push(digest);
      // All but the fourth were used last an hour ago and earlier.
      if (at !== 3) utimesSync(locally(store, digest), 0, Date.now() / 1000 - 7_200 + 60 * at);
    }
    const kept = digests.filter((digest) => existsSync(locally(store, digest)));
    expect(kept.length).toBeLessThanOrEqual(5);
    expect(kept).toContain(digests[3]);
    expect(kept).toContain(digests[11]);
    for (const digest of digests) expect(sha256(await store.readBytes(digest))).toBe(digest);
  });

  it('reads a content from the service once', async () => {
    const store = through(fresh('once'));
    const { digest } = await store.putBytes(bytesOf('read often'));
    for (let time = 0; time < 3; time++) await store.localPath(digest);
    expect(proxy.seen.filter((call) => call.startsWith('GET'))).toHaveLength(1);
  });

  it('lists more than one page', async () => {
    const store = through();
    for (let at = 0; at < 1_100; at++) {
      const file = server.fileOf(
        `${store.location.slice('s3://results/'.length)}/${placeOf('records', sha256(String(at)))}`,
      );
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, '{}');
    }
    expect((await store.usage()).records).toBe(1_100);
  });

  it('leaves the work of others alone when it tidies up', async () => {
    const store = through();
    const [abandoned, going] = [await store.createTemporaryDirectory(), await store.createTemporaryDirectory()];
    utimesSync(abandoned, 0, 0);
    await store.clearTemporary();
    expect([existsSync(abandoned), existsSync(going)]).toEqual([false, true]);
  });
});
