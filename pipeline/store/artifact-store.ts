import type { Digest, ResolvedTask, TaskKey, TaskRecord } from '../tasks/task.ts';
import type { KeptContents, SweepOptions, SweepReport } from './sweep.ts';

/** Content as the store holds it. */
export interface StoredContent {
  readonly digest: Digest;
  readonly bytes: number;
}

/** What a store holds; bytes are those of the contents, not of the disk blocks. */
export interface StoreUsage {
  readonly objects: number;
  readonly objectBytes: number;
  readonly records: number;
}

/**
 * Content-addressed home of all task outputs. Contents are named by their SHA-256; a task's result exists when its record
 * does, and the record is written last. Every method may be called by several processes at once: writing the same content
 * or the same record twice is harmless.
 */
export interface ArtifactStore {
  /** Where it lies, as other processes are told: a directory, or `s3://bucket/prefix`. */
  readonly location: string;
  /** Directory of this machine in which work in progress lies. */
  readonly localDirectory: string;
  /**
   * Makes sure that it can be used.
   * @throws UserError saying why it cannot
   */
  prepare(): Promise<void>;

  /** The record of a task, or undefined when there is none or it cannot be read as one. */
  readRecord(key: TaskKey): Promise<TaskRecord | undefined>;
  /** The record of a task whose outputs all lie in the store with the recorded size, else undefined. */
  completeRecord(key: TaskKey): Promise<TaskRecord | undefined>;
  /** Whether the task needs no work: its record is there, and every output with the recorded size. */
  hasRecord(key: TaskKey): Promise<boolean>;
  /** Makes the result exist. Throws when one of its outputs is not in the store. */
  writeRecord(record: TaskRecord): Promise<void>;

  /**
   * Takes in the content of a file; with `move` the file may be gone afterwards (and no bytes are copied). What is put
   * counts as young for a sweep, also when it was there before.
   */
  putFile(path: string, options?: { readonly move?: boolean }): Promise<StoredContent>;
  putBytes(bytes: Uint8Array): Promise<StoredContent>;
  /** Size of a content, or undefined when the store lacks it. */
  contentBytes(digest: Digest): Promise<number | undefined>;
  /** A local, read-only file with this content. Throws when the store lacks it. */
  localPath(digest: Digest): Promise<string>;
  readBytes(digest: Digest): Promise<Uint8Array>;

  /** The description of a task for the process that will run it. */
  writeTask(task: ResolvedTask): Promise<void>;
  readTask(key: TaskKey): Promise<ResolvedTask | undefined>;

  /** A new empty directory from which `putFile` with `move` costs no copying; the caller removes it. */
  createTemporaryDirectory(): Promise<string>;
  /** Removes what interrupted work of this machine left behind; only while none is going on. */
  clearTemporary(): Promise<void>;
  usage(): Promise<StoreUsage>;
  /** Removes all that is neither kept nor young. */
  sweep(keep: KeptContents, options: SweepOptions): Promise<SweepReport>;
}
