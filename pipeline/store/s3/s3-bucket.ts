import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { S3mini } from 's3mini';
import type { Digest } from '../../tasks/task.ts';
import { failureOf, isPassing, s3Error } from './s3-errors.ts';
import type { S3Settings } from './s3-settings.ts';

export interface S3Object {
  /** Key without the prefix of the store. */
  readonly key: string;
  readonly bytes: number;
  readonly changed: Date;
}

export interface S3Patience {
  /** Requests that may fail in a row before it is given up; default 8, which takes about a minute. */
  readonly attempts?: number;
  /** First pause between two of them; each next one is twice as long, up to 15 s. */
  readonly pauseMilliseconds?: number;
}

const usualAttempts = 8;
const usualPauseMilliseconds = 250;
const longestPauseMilliseconds = 15_000;
const checkAttempts = 3;
/** A part of this size must get through in that time, or the connection counts as lost. */
const partBytes = 8 * 1024 * 1024;
const partTimeoutMilliseconds = 300_000;
const partsAtOnce = 3;
/** The service takes 10,000 parts at most. */
const mostParts = 9_000;
const keysPerPage = 1_000;

/** The part of one bucket below a prefix. Requests that fail for the moment are made again, later and later. */
export class S3Bucket {
  private readonly settings: S3Settings;
  private readonly patience: Required<S3Patience>;
  private readonly client: S3mini;
  /** Whole downloads take as long as they take. */
  private readonly streaming: S3mini;

  constructor(
    settings: S3Settings,
    { attempts = usualAttempts, pauseMilliseconds = usualPauseMilliseconds }: S3Patience = {},
  ) {
    this.settings = settings;
    this.patience = { attempts, pauseMilliseconds };
    const { accessKeyId, secretAccessKey, region } = settings;
    const common = { accessKeyId, secretAccessKey, region, endpoint: `${settings.endpoint}/${settings.bucket}` };
    this.client = new S3mini({ ...common, requestAbortTimeout: partTimeoutMilliseconds });
    this.streaming = new S3mini(common);
  }

  /** Throws the user's version of why the bucket cannot be used; a person waits for it, so it is soon given up. */
  async check(): Promise<void> {
    const attempts = Math.min(checkAttempts, this.patience.attempts);
    for await (const _object of new S3Bucket(this.settings, { ...this.patience, attempts }).list('', 1)) break;
  }

  async read(key: string): Promise<Uint8Array | undefined> {
    const buffer = await this.retried(() => this.client.getObjectArrayBuffer(this.whole(key)));
    return buffer === null ? undefined : new Uint8Array(buffer);
  }

  async bytes(key: string): Promise<number | undefined> {
    return this.retried(async () => {
      try {
        return await this.client.getContentLength(this.whole(key));
      } catch (error) {
        if (failureOf(error)?.status === 404) return undefined;
        throw error;
      }
    });
  }

  /** Puts an object in one request: readers see the old one or the new one. Returns when the service shows it whole. */
  async write(key: string, bytes: Uint8Array, mediaType: string): Promise<void> {
    await this.retried(() => this.client.putObject(this.whole(key), bytes, mediaType));
    await this.awaitShown(key, bytes.byteLength);
  }

  /** Puts a file; a large one in parts, which become an object only when the last has arrived. */
  async writeFile(key: string, path: string): Promise<void> {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      const part = async (offset: number, length: number): Promise<Uint8Array> => {
        const bytes = new Uint8Array(length);
        const { bytesRead } = await file.read(bytes, 0, length, offset);
        if (bytesRead !== length) throw new Error(`${path} changed while it was read`);
        return bytes;
      };
      if (size <= partBytes) return await this.write(key, await part(0, size), 'application/octet-stream');
      await this.writeParts(this.whole(key), size, part);
      await this.awaitShown(key, size);
    } finally {
      await file.close();
    }
  }

  private async writeParts(key: string, size: number, read: (offset: number, length: number) => Promise<Uint8Array>) {
    const length = Math.max(partBytes, Math.ceil(size / mostParts));
    const count = Math.ceil(size / length);
    const upload = await this.retried(() => this.client.getMultipartUploadId(key));
    try {
      const parts: { partNumber: number; etag: string }[] = [];
      let next = 0;
      const lane = async () => {
        while (next < count) {
          const at = next++;
          const bytes = await read(at * length, Math.min(length, size - at * length));
          parts[at] = await this.retried(() => this.client.uploadPart(key, upload, bytes, at + 1));
        }
      };
      await Promise.all(Array.from({ length: Math.min(partsAtOnce, count) }, lane));
      await this.retried(() => this.client.completeMultipartUpload(key, upload, parts));
    } catch (error) {
      await this.client.abortMultipartUpload(key, upload).catch(() => undefined);
      throw error;
    }
  }

  /** Some services take a moment to show what they took, and some report a failed assembly of parts as success. */
  private async awaitShown(key: string, size: number): Promise<void> {
    await this.retried(async () => {
      const shown = await this.bytes(key);
      if (shown !== size)
        throw Object.assign(new Error(`${key} has ${shown} bytes`), { status: 503, serviceCode: 'NotShown' });
    });
  }

  /**
   * Writes an object to a new file, going on where a broken connection left off.
   * @returns digest and size of what was written, or undefined when there is no such object
   */
  async download(key: string, path: string): Promise<{ digest: Digest; bytes: number } | undefined> {
    const file = await open(path, 'wx');
    try {
      const hash = createHash('sha256');
      let bytes = 0;
      const isThere = await this.retried(
        async () => {
          const response = await this.streaming.getObjectRaw(this.whole(key), bytes === 0, bytes).catch((error) => {
            if (failureOf(error)?.status === 404) return undefined;
            throw error;
          });
          if (response === undefined) return false;
          for await (const chunk of response.body ?? []) {
            await file.write(chunk as Uint8Array);
            hash.update(chunk as Uint8Array);
            bytes += (chunk as Uint8Array).byteLength;
          }
          return true;
        },
        () => bytes,
      );
      return isThere ? { digest: hash.digest('hex'), bytes } : undefined;
    } finally {
      await file.close();
    }
  }

  /** Objects whose key begins with `start`, page by page. */
  async *list(start: string, pageSize = keysPerPage): AsyncGenerator<S3Object> {
    let token: string | undefined;
    do {
      const page = await this.retried(() => this.client.listObjectsPaged('/', this.whole(start), pageSize, token));
      if (!page) throw s3Error({ status: 404, code: 'NoSuchBucket' }, this.settings);
      for (const { Key, Size, LastModified } of page.objects ?? [])
        yield { key: Key.slice(this.settings.prefix.length), bytes: Size, changed: LastModified };
      token = page.nextContinuationToken;
    } while (token);
  }

  async remove(keys: readonly string[]): Promise<void> {
    const removed = await this.retried(() => this.client.deleteObjects(keys.map((key) => this.whole(key))));
    if (removed.some((done) => !done)) throw s3Error({ status: 403, code: 'AccessDenied' }, this.settings);
  }

  private whole(key: string): string {
    return this.settings.prefix + key;
  }

  /** @param progress - attempts count from the last one that got further */
  private async retried<T>(request: () => Promise<T>, progress: () => number = () => 0): Promise<T> {
    let [failures, reached] = [0, progress()];
    for (;;) {
      try {
        return await request();
      } catch (error) {
        failures = progress() > reached ? 1 : failures + 1;
        reached = progress();
        const failure = failureOf(error);
        if (!failure) throw error;
        if (!isPassing(failure) || failures >= this.patience.attempts) throw s3Error(failure, this.settings);
      }
      const pause = Math.min(longestPauseMilliseconds, this.patience.pauseMilliseconds * 2 ** (failures - 1));
      // Spread, so that many workers do not come back all at once.
      await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random() / 2)));
    }
  }
}
