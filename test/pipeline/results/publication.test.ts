import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Publication, type PublishedFile } from '../../../pipeline/results/publication.ts';
import { DirectoryStore } from '../../../pipeline/store/directory-store.ts';

let root: string;
let results: string;
let store: DirectoryStore;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'shuibao-publication-'));
  results = join(root, 'results');
  store = new DirectoryStore(join(root, 'store'), { durable: false });
  await store.prepare();
});
afterEach(() => rmSync(root, { recursive: true }));

const stored = async (fileName: string, text: string): Promise<PublishedFile> => ({
  fileName,
  mediaType: 'text/plain',
  ...(await store.putBytes(Buffer.from(text))),
});
const manifestOf = (files: readonly PublishedFile[]): string =>
  JSON.stringify({ outputs: files.map(({ fileName, bytes, digest }) => ({ file: fileName, bytes, sha256: digest })) });
const contents = (): Record<string, string> =>
  Object.fromEntries(readdirSync(results).map((name) => [name, readFileSync(join(results, name), 'utf8')]));
const publish = async (files: readonly PublishedFile[]): Promise<void> =>
  new Publication(store, results).finish(files, manifestOf(files));

describe('handing over results', () => {
  it('shows no file before all are there, and then the same whether they were prepared or not', async () => {
    const files = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => stored(`${n}.txt`, `${n}`.repeat(70_000 * n))));
    const publication = new Publication(store, results);
    for (const file of files.slice(0, 4)) publication.prepare(file);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(readdirSync(results).sort()).toEqual([1, 2, 3, 4].map((n) => `.${n}.txt.part`));
    await publication.finish(files, manifestOf(files));
    const prepared = contents();
    expect(Object.keys(prepared)).toEqual(['1.txt', '2.txt', '3.txt', '4.txt', '5.txt', '6.txt', 'manifest.json']);
    rmSync(results, { recursive: true });
    await publish(files);
    expect(contents()).toEqual(prepared);
    expect(statSync(join(results, '1.txt')).mode & 0o777).toBe(0o644);
  });

  it('leaves results as they were when a run comes to nothing', async () => {
    await publish([await stored('a.txt', 'old')]);
    const before = contents();
    const publication = new Publication(store, results);
    publication.prepare(await stored('a.txt', 'new'));
    publication.prepare(await stored('b.txt', 'more'));
    await publication.abandon();
    publication.prepare(await stored('c.txt', 'late'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(contents()).toEqual(before);
  });

  it('leaves no directory that was not there', async () => {
    const publication = new Publication(store, results);
    publication.prepare(await stored('a.txt', 'new'));
    await publication.abandon();
    expect(existsSync(results)).toBe(false);
  });

  it('copies what is new, and again what somebody has edited, and leaves the rest alone', async () => {
    const [same, edited, changed] = await Promise.all(
      ['same', 'edited', 'old'].map((text) => stored(`${text}.txt`, text)),
    );
    await publish([same!, edited!, changed!]);
    const long = new Date('2020-01-01');
    utimesSync(join(results, 'same.txt'), long, long);
    const files = [same!, edited!, await stored('old.txt', 'new')];
    const publication = new Publication(store, results);
    for (const file of files) publication.prepare(file);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(readdirSync(results).filter((name) => name.endsWith('.part'))).toEqual(['.old.txt.part']);
    // While the run goes on.
    writeFileSync(join(results, 'edited.txt'), 'scribbled');
    await publication.finish(files, manifestOf(files));
    expect(contents()).toMatchObject({ 'same.txt': 'same', 'edited.txt': 'edited', 'old.txt': 'new' });
    expect(statSync(join(results, 'same.txt')).mtime).toEqual(long);
  });

  it('clears away what a killed process had prepared, though the file stays as it is', async () => {
    const files = [await stored('a.txt', 'same')];
    await publish(files);
    const before = contents();
    writeFileSync(join(results, '.a.txt.part'), 'half');
    await publish(files);
    expect(contents()).toEqual(before);
  });

  it('hands over what the run ends with, not what was prepared', async () => {
    const publication = new Publication(store, results);
    publication.prepare(await stored('a.txt', 'first'));
    publication.prepare(await stored('gone.txt', 'x'));
    const files = [await stored('a.txt', 'last')];
    await publication.finish(files, manifestOf(files));
    expect(Object.keys(contents())).toEqual(['a.txt', 'manifest.json']);
    expect(contents()['a.txt']).toBe('last');
  });

  it('tells what cannot be copied, and leaves the last results and their manifest', async () => {
    await publish([await stored('a.txt', 'old')]);
    const before = contents();
    const lost = { ...(await stored('b.txt', 'x')), digest: 'f'.repeat(64) };
    const publication = new Publication(store, results);
    publication.prepare(lost);
    await expect(publication.finish([lost], '{}')).rejects.toThrow();
    await publication.abandon();
    expect(contents()).toEqual(before);
  });
});
