import { mkdtempSync, rmSync } from 'node:fs';
import { utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ArtifactStore } from '../../../pipeline/store/artifact-store.ts';
import { openStore } from '../../../pipeline/store/open-store.ts';
import { placeOf } from '../../../pipeline/store/recorded-store.ts';
import { surveyPlan } from '../../../pipeline/tasks/survey-plan.ts';
import type { JsonValue, Plan } from '../../../pipeline/tasks/task.ts';
import { canonicalJson } from '../../../pipeline/tasks/task-key.ts';
import { openJournal } from '../../../workers/open-journal.ts';
import { collectGarbage } from '../../../workers/owner/collect-garbage.ts';
import type { RunEntry } from '../../../workers/owner/run-entry.ts';
import { RunLedger } from '../../../workers/owner/run-ledger.ts';
import { PlanWalk } from '../../../workers/plan-walk.ts';
import { type S3Server, startS3 } from '../../support/servers.ts';
import { wovenPlan } from '../../support/woven-plan.ts';
import { joinTask, planOf, source } from '../support/engine.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** One step of a history; each is possible at any time. */
type Step =
  | { readonly kind: 'run'; readonly plan: number; readonly done: number; readonly state: RunEntry['state'] }
  | { readonly kind: 'import' | 'writer' | 'garbage'; readonly n: number }
  | { readonly kind: 'age' | 'gc' };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('run' as const),
    plan: fc.nat(3),
    done: fc.nat(8),
    state: fc.constantFrom('queued', 'running', 'finished', 'failed', 'cancelled', 'interrupted'),
  }),
  fc.record({ kind: fc.constantFrom('import' as const, 'writer' as const, 'garbage' as const), n: fc.nat(5) }),
  fc.record({ kind: fc.constantFrom('age' as const, 'gc' as const) }),
);

/** Plans that share some of their tasks. */
const plans: readonly Plan[] = [0, 1, 2, 3].map((n) => {
  const { tasks } = wovenPlan(8);
  return planOf(...tasks.slice(0, 2 + 2 * n), joinTask(`own${n}`, { in: source(`own${n}`) }));
});

/** What must be in the store whenever gc has run, and what may be; kept beside the store, by hand. */
class History {
  readonly workspace: string;
  private readonly environment: Readonly<Record<string, string>>;
  private readonly store: ArtifactStore;
  private readonly fileOf: (place: string) => string;
  private readonly ledger: RunLedger;
  /** Runs by id with the number of their plan. */
  private readonly runs = new Map<string, { plan: number; state: RunEntry['state'] }>();
  private readonly journalled = new Set<string>();
  private readonly young = new Set<string>();
  private readonly all = new Map<string, string>();

  constructor(workspace: string, environment: Readonly<Record<string, string>>, fileOf: (place: string) => string) {
    this.workspace = workspace;
    this.environment = environment;
    this.store = openStore(environment.STORE_URL ?? join(workspace, 'store'), { environment, durable: false });
    this.fileOf = fileOf;
    this.ledger = new RunLedger(workspace);
  }

  async take(each: Step): Promise<void> {
    if (each.kind === 'run') await this.run(each);
    else if ('n' in each) await this.put(each.kind, each.n);
    else if (each.kind === 'age') await this.age();
    else await this.collect();
  }

  private async run({ plan: number, done, state }: Step & { kind: 'run' }): Promise<void> {
    const plan = plans[number]!;
    const walk = new PlanWalk(plan);
    const wanted = state === 'finished' ? plan.tasks.length : done;
    for (let at = 0; at < wanted && walk.readyCount > 0; at++) {
      const [task] = walk.take(1);
      const found = await this.store.completeRecord(task!.key);
      if (found) {
        walk.finish(task!.id, found);
        continue;
      }
      await this.store.writeTask(task!);
      const stored = await this.store.putBytes(bytesOf(`${task!.id} ${task!.key}`));
      const record = { ...task!, inputs: {}, outputs: { text: { ...stored, mediaType: 'text/plain' } }, facts: null };
      await this.store.writeRecord(record);
      this.all.set(placeOf('records', task!.key), '');
      this.all.set(placeOf('objects', stored.digest), '');
      this.young.add(placeOf('objects', stored.digest)).add(placeOf('records', task!.key));
      walk.finish(task!.id, record);
    }
    const { digest } = await this.store.putBytes(bytesOf(canonicalJson(plan as unknown as JsonValue)));
    this.all.set(placeOf('objects', digest), '');
    this.young.add(placeOf('objects', digest));
    const id = `r${number}`;
    const common = { name: id, runFile: `/${number}`, check: false, user: 'u', priority: 5, driver: 'queue' } as const;
    await this.ledger.write({ ...common, id, state, submitted: '2026-01-01T00:00:00Z', planDigest: digest });
    this.runs.set(id, { plan: number, state });
  }

  private async put(kind: 'import' | 'writer' | 'garbage', n: number): Promise<void> {
    const { digest } = await this.store.putBytes(bytesOf(`${kind} ${n}`));
    const place = placeOf('objects', digest);
    this.all.set(place, '');
    this.young.add(place);
    if (kind !== 'import') return;
    this.journalled.add(place);
    await openJournal(this.workspace, {}).append([{ at: 'x', by: 'x', kind: 'import', body: { content: digest } }]);
  }

  /** A day goes by. */
  private async age(): Promise<void> {
    for (const place of this.all.keys()) await utimes(this.fileOf(place), 0, 0).catch(() => undefined);
    this.young.clear();
  }

  private async collect(): Promise<void> {
    if (this.runs.size === 0) return;
    const before = await Promise.all([...this.runs.values()].map(({ plan }) => this.doneTasks(plan)));
    const planOf = async ({ runFile }: RunEntry) => plans[Number(runFile.slice(1))]!;
    const needed = await this.needed();
    await collectGarbage(this.workspace, { dryRun: true, planOf, environment: this.environment });
    await collectGarbage(this.workspace, { dryRun: false, planOf, environment: this.environment });
    // No run has anything to do again.
    expect(await Promise.all([...this.runs.values()].map(({ plan }) => this.doneTasks(plan)))).toEqual(before);
    for (const place of this.all.keys()) {
      const isThere = await this.has(place);
      if (needed.has(place)) expect(`${place} ${isThere}`).toBe(`${place} true`);
      // And nothing else is left.
      else expect(`${place} ${isThere}`).toBe(`${place} false`);
      if (!isThere) this.all.delete(place);
    }
  }

  private async needed(): Promise<ReadonlySet<string>> {
    const needed = new Set([...this.journalled, ...this.young]);
    for (const { plan } of this.runs.values()) {
      const planned = bytesOf(canonicalJson(plans[plan]! as unknown as JsonValue));
      needed.add(placeOf('objects', (await this.store.putBytes(planned)).digest));
      for (const key of (await surveyPlan(plans[plan]!, this.store)).keys.values()) {
        const record = await this.store.completeRecord(key);
        if (!record) continue;
        needed.add(placeOf('records', key));
        for (const { digest } of Object.values(record.outputs)) needed.add(placeOf('objects', digest));
      }
    }
    return needed;
  }

  private async doneTasks(plan: number): Promise<number> {
    return (await surveyPlan(plans[plan]!, this.store)).counts.done;
  }

  private async has(place: string): Promise<boolean> {
    const name = place.slice(place.lastIndexOf('/') + 1).replace('.json', '');
    return place.startsWith('objects')
      ? (await this.store.contentBytes(name)) !== undefined
      : (await this.store.readRecord(name)) !== undefined;
  }
}

describe('garbage collection over random histories removes what nobody needs and nothing else', () => {
  let server: S3Server;
  let directory: string;
  let histories = 0;
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'shuibao-histories-'));
    server = await startS3();
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  const law = (open: (workspace: string) => History, numRuns: number) =>
    fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 14 }), async (steps) => {
        const history = open(join(directory, String(histories++)));
        for (const each of [...steps, { kind: 'age' }, { kind: 'gc' }] as const) await history.take(each);
      }),
      { seed: 11, numRuns },
    );

  it('in a directory', async () => {
    await law((workspace) => new History(workspace, {}, (place) => join(workspace, 'store', place)), 25);
  }, 60_000);

  it('in an S3 bucket', async () => {
    await law((workspace) => {
      const prefix = `h${histories}`;
      const environment = { ...server.environment, STORE_URL: `s3://results/${prefix}` };
      return new History(workspace, environment, (place) => server.fileOf(`${prefix}/${place}`));
    }, 2);
  }, 60_000);
});
