import { randomUUID } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { userError } from '../../messages/user-error.ts';
import type { Digest } from '../../tasks/task.ts';
import { sha256 } from '../../tasks/task-key.ts';
import type { StoredContent } from '../artifact-store.ts';
import { cacheDirectory } from '../cache-directory.ts';
import { lacksContent, placeOf, RecordedStore, type StoreFolder } from '../recorded-store.ts';
import type { SweepCandidate } from '../sweep.ts';
import { ReadCache } from './read-cache.ts';
import { S3Bucket, type S3Patience } from './s3-bucket.ts';
import { s3Settings } from './s3-settings.ts';

export interface S3StoreOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether local copies are flushed to the disk before they count; default true. */
  readonly durable?: boolean;
  readonly patience?: S3Patience;
}

const usualCacheGigabytes = 20;
/** Temporary files of work that cannot be going on any more. */
const abandonedMilliseconds = 86_400_000;

/**
 * Artifact store in an S3-compatible bucket, laid out as in a directory. The service shows an object only when all of it has
 * arrived, and a name stands for one content, so that concurrent writers do no harm and no conditional writes are needed.
 * Rasters are read from copies on this machine, which are checked against their digest when they arrive.
 */
export class S3Store extends RecordedStore {
  readonly location: string;
  readonly localDirectory: string;
  private readonly bucket: S3Bucket;
  private readonly cache: ReadCache;

  /** @throws UserError when a setting is missing or cannot be right */
  constructor(url: string, { environment, durable = true, patience }: S3StoreOptions) {
    super();
    const settings = s3Settings(url, environment);
    this.location = url;
    // The same bucket name at another service is another store.
    const name = sha256(`${settings.endpoint} ${settings.bucket} ${settings.prefix}`).slice(0, 16);
    this.localDirectory = join(cacheDirectory(environment), `store-${name}`);
    this.bucket = new S3Bucket(settings, patience);
    const largestBytes = cacheGigabytes(environment.SHUIBAO_CACHE_GB) * 1e9;
    this.cache = new ReadCache({ directory: join(this.localDirectory, 'objects'), largestBytes, durable });
  }

  async prepare(): Promise<void> {
    this.temporary();
    await this.bucket.check();
  }

  async putBytes(bytes: Uint8Array): Promise<StoredContent> {
    const digest = sha256(bytes);
    await this.bucket.write(placeOf('objects', digest), bytes, 'application/octet-stream');
    return { digest, bytes: bytes.byteLength };
  }

  async contentBytes(digest: Digest): Promise<number | undefined> {
    return this.bucket.bytes(placeOf('objects', digest));
  }

  async localPath(digest: Digest): Promise<string> {
    const place = placeOf('objects', digest);
    return (await this.cache.find(digest)) ?? this.explained(() => this.fetch(place, digest));
  }

  /** Other processes of this machine may be at work on the same bucket, so only what is abandoned goes. */
  async clearTemporary(): Promise<void> {
    const abandoned = Date.now() - abandonedMilliseconds;
    for await (const candidate of this.temporaries())
      if (candidate.changed.getTime() < abandoned) await rm(candidate.place, { recursive: true, force: true });
  }

  protected async keepFile(source: string, digest: Digest): Promise<void> {
    await this.bucket.writeFile(placeOf('objects', digest), source);
    // What a task gives is read by the next ones, most likely on this machine.
    await this.cache.take(source, digest);
  }

  protected async readText(place: string): Promise<string | undefined> {
    const bytes = await this.bucket.read(place);
    return bytes && Buffer.from(bytes).toString();
  }

  protected async writeText(place: string, text: string): Promise<void> {
    await this.bucket.write(place, Buffer.from(text), 'application/json');
  }

  protected async *list(folder: StoreFolder | 'temporary'): AsyncGenerator<SweepCandidate> {
    if (folder === 'temporary') return yield* this.temporaries();
    for await (const { key, bytes, changed } of this.bucket.list(`${folder}/`))
      yield { name: key.slice(key.lastIndexOf('/') + 1).replace(/\.json$/, ''), bytes, changed, place: key };
  }

  protected async remove(candidates: readonly SweepCandidate[]): Promise<void> {
    const [local, remote] = [candidates.filter(isLocal), candidates.filter((candidate) => !isLocal(candidate))];
    for (const { place } of local) await rm(place, { recursive: true, force: true });
    if (remote.length > 0) await this.bucket.remove(remote.map(({ place }) => place));
  }

  private async fetch(place: string, digest: Digest): Promise<string> {
    const temporary = join(this.temporary(), randomUUID());
    try {
      const fetched = await this.bucket.download(place, temporary);
      if (!fetched) throw lacksContent(digest);
      if (fetched.digest !== digest) throw damaged(`${this.location}/${place}`);
      return await this.cache.take(temporary, digest);
    } finally {
      await rm(temporary, { force: true });
    }
  }

  private async *temporaries(): AsyncGenerator<SweepCandidate> {
    const directory = join(this.localDirectory, 'temporary');
    for (const name of await readdir(directory).catch(() => [])) {
      const place = join(directory, name);
      const found = await stat(place).catch(() => undefined);
      if (found) yield { name, bytes: found.isFile() ? found.size : 0, changed: found.mtime, place };
    }
  }
}

/** Keys of the bucket never begin with a slash; places on this machine's disk are absolute or have a drive. */
const isLocal = ({ place }: SweepCandidate): boolean => !/^(objects|records|tasks)\//.test(place);

function cacheGigabytes(text: string | undefined): number {
  const gigabytes = text === undefined || text === '' ? usualCacheGigabytes : Number(text);
  if (gigabytes > 0) return gigabytes;
  throw userError(
    'setting-wrong',
    'SHUIBAO_CACHE_GB',
    { zh: `不是大小：${text}`, en: `is no size: ${text}` },
    { zh: '应为正数（GB）', en: 'expected a positive number of gigabytes' },
  );
}

const damaged = (place: string): Error =>
  userError(
    'store-damaged',
    place,
    { zh: '存储的内容与其摘要不符', en: 'the stored content is not what its digest says' },
    { zh: '应为写入时的内容', en: 'expected it as it was written' },
    { zh: '删除该对象后再次运行，会重新计算', en: 'delete this object and run again; it is computed anew' },
  );
