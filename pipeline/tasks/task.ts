/** Content digest: lower-case hexadecimal SHA-256. */
export type Digest = string;

/** Key of a task: SHA-256 over everything that determines its result. */
export type TaskKey = string;

export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/** An input that another task of the plan makes. */
export interface TaskOutputReference {
  readonly task: string;
  readonly output: string;
}

/**
 * An input that comes from the user's files. Only the digest enters the key; the locator (path, layer, stat of the file
 * when it was digested) tells the handler where the content lies.
 */
export interface SourceReference {
  readonly source: JsonValue;
  readonly digest: Digest;
}

export type PlannedInput = TaskOutputReference | SourceReference;

/** A task as the plan describes it; its key is known once the tasks it depends on have records. */
export interface PlannedTask {
  /** Address a person can type, unique in the plan: `erosion/x002_y003`. */
  readonly id: string;
  readonly kind: string;
  readonly parameters: JsonValue;
  readonly inputs: Readonly<Record<string, PlannedInput>>;
}

/** An input with its content digest; `source` is set for the user's files, otherwise the store holds the content. */
export interface ResolvedInput {
  readonly digest: Digest;
  readonly source?: JsonValue;
}

/** A task ready to run. */
export interface ResolvedTask {
  readonly key: TaskKey;
  readonly id: string;
  readonly kind: string;
  readonly version: number;
  readonly parameters: JsonValue;
  readonly inputs: Readonly<Record<string, ResolvedInput>>;
}

export interface OutputDescription {
  readonly digest: Digest;
  readonly bytes: number;
  readonly mediaType: string;
}

/** What a finished task left; it exists only when all outputs do. */
export interface TaskRecord {
  readonly key: TaskKey;
  readonly id: string;
  readonly kind: string;
  readonly version: number;
  readonly parameters: JsonValue;
  readonly inputs: Readonly<Record<string, Digest>>;
  readonly outputs: Readonly<Record<string, OutputDescription>>;
  /** Small facts about the result (counts, ranges), for summaries; part of the result, so deterministic. */
  readonly facts: JsonValue;
}

/** An output as the handler hands it over: a finished file in the temporary directory, or bytes. */
export type TaskOutput =
  | { readonly path: string; readonly mediaType: string }
  | { readonly bytes: Uint8Array; readonly mediaType: string };

export interface TaskContext {
  /** Directory of this attempt; removed afterwards. */
  readonly temporaryDirectory: string;
  /** Local path of an input that the store holds. */
  inputPath(name: string): Promise<string>;
  /** Bytes of an input that the store holds. */
  inputBytes(name: string): Promise<Uint8Array>;
  readonly signal: AbortSignal;
}

export interface TaskResult {
  readonly outputs: Readonly<Record<string, TaskOutput>>;
  readonly facts?: JsonValue;
}

/** How one kind of task is done. Raise `version` whenever the same inputs would give other bytes. */
export interface TaskHandler {
  readonly kind: string;
  readonly version: number;
  /**
   * True where a task reads a file of the user whole. What that took is free afterwards, but stays with the process: then tiles
   * are better done by a new one.
   */
  readonly readsWhole?: boolean;
  run(task: ResolvedTask, context: TaskContext): Promise<TaskResult>;
}

/** A plan: tasks in an order in which each comes after those it depends on. */
export interface Plan {
  /** Version of each kind of task used, by kind. */
  readonly versions: Readonly<Record<string, number>>;
  readonly tasks: readonly PlannedTask[];
}
