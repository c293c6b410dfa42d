/** Task kinds for tests of the machinery; loaded by the child processes, which run compiled code. */
import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { userError } from '../../../dist/pipeline/messages/user-error.js';

const text = 'text/plain';
const encoder = new TextEncoder();
const decoder = new TextDecoder();
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Where executions are counted, outside the store. */
const trace = (task) => {
  if (process.env.SHUIBAO_TEST_TRACE) appendFileSync(process.env.SHUIBAO_TEST_TRACE, `${task.id} ${process.pid}\n`);
};

const inputTexts = async (task, context) => {
  const texts = [];
  for (const name of Object.keys(task.inputs).sort()) {
    const { source } = task.inputs[name];
    texts.push(source === undefined ? decoder.decode(await context.inputBytes(name)) : String(source.value));
  }
  return texts;
};

/** Joins its inputs; written as a file so that both ways of handing over an output are used. */
const join_ = {
  kind: 'test-join',
  version: 1,
  async run(task, context) {
    trace(task);
    if (task.parameters.milliseconds) await pause(task.parameters.milliseconds);
    const joined = `${task.parameters.label}(${(await inputTexts(task, context)).join('+')})`;
    const path = join(context.temporaryDirectory, 'joined.txt');
    await writeFile(path, joined);
    return { outputs: { text: { path, mediaType: text } }, facts: { length: joined.length } };
  },
};

/** Keeps only the length of its input, so that different inputs may give the same output. */
const length = {
  kind: 'test-length',
  version: 1,
  async run(task, context) {
    trace(task);
    const total = (await inputTexts(task, context)).join('').length;
    return { outputs: { text: { bytes: encoder.encode(String(total)), mediaType: text } } };
  },
};

/** Kills its own process as often as told, then succeeds. */
const deadly = {
  kind: 'test-deadly',
  version: 1,
  async run(task) {
    trace(task);
    for (let death = 0; death < task.parameters.deaths; death++) {
      const marker = join(task.parameters.directory, `${task.key}.${death}`);
      if (existsSync(marker)) continue;
      writeFileSync(marker, '');
      process.kill(process.pid, 'SIGKILL');
      await pause(10_000);
    }
    return { outputs: { text: { bytes: encoder.encode('survived'), mediaType: text } } };
  },
};

const badInput = {
  kind: 'test-bad-input',
  version: 1,
  async run(task) {
    trace(task);
    throw userError('test-bad', 'dem.tif', { zh: '坏了', en: 'broken' }, undefined, { zh: '换一个', en: 'replace it' });
  },
};

const flaky = {
  kind: 'test-error',
  version: 1,
  async run(task) {
    trace(task);
    throw new Error('some defect');
  },
};

/** Writes part of an output and never ends by itself. */
const halfWritten = {
  kind: 'test-half-written',
  version: 1,
  async run(task, context) {
    trace(task);
    const path = join(context.temporaryDirectory, `half-${randomUUID()}`);
    await writeFile(path, 'half');
    await pause(task.parameters.milliseconds);
    await writeFile(path, 'whole');
    return { outputs: { text: { path, mediaType: text } } };
  },
};

const memory = {
  kind: 'test-memory',
  version: 1,
  async run(task) {
    trace(task);
    globalThis.kept = Buffer.alloc(task.parameters.bytes, 1);
    return { outputs: { pid: { bytes: encoder.encode(String(process.pid)), mediaType: text } } };
  },
};

const wholeFile = { ...memory, kind: 'test-whole-file', readsWhole: true };

/** Fails as long as a file is missing. */
const needsFile = {
  kind: 'test-needs-file',
  version: 1,
  async run(task) {
    trace(task);
    const { path } = task.parameters;
    if (!existsSync(path)) throw userError('test-missing', path, { zh: '没有', en: 'missing' });
    return { outputs: { text: { bytes: encoder.encode('there'), mediaType: text } } };
  },
};

/** A file of some size, different for each task. */
const bulk = {
  kind: 'test-bulk',
  version: 1,
  async run(task, context) {
    trace(task);
    const path = join(context.temporaryDirectory, 'bulk.bin');
    await writeFile(path, Buffer.alloc(task.parameters.bytes, task.key));
    return { outputs: { bulk: { path, mediaType: 'application/octet-stream' } } };
  },
};

export const taskHandlers = [join_, length, deadly, badInput, flaky, halfWritten, memory, wholeFile, needsFile, bulk];
