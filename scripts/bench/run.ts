import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { optimiseLater } from '../../pipeline/kernels/tiering-budget.ts';
import { annualKernels } from './annual-kernels.ts';
import { annualPass } from './annual-pass.ts';
import { annualPeers } from './annual-peers.ts';
import { machineLine } from './machine.ts';
import { type BenchOptions, benchOptions, benchUsage } from './options.ts';
import { overlay } from './overlay.ts';
import { type Bench, type BenchResult, resultTable, targetTable } from './result.ts';
import { terrainKernels } from './terrain-kernels.ts';
import { terrainRun } from './terrain-run.ts';
import { queue } from './year/queue.ts';
import { wholeYear } from './year/whole-year.ts';
import { yearMemory } from './year/year-memory.ts';

/** Every benchmark by name. */
const benches: Readonly<Record<string, Bench>> = {
  'terrain-kernels': terrainKernels,
  'terrain-run': terrainRun,
  'annual-kernels': annualKernels,
  'annual-pass': annualPass,
  'annual-peers': annualPeers,
  'whole-year': wholeYear,
  'year-memory': yearMemory,
  queue,
  overlay,
};

async function runBenches(names: readonly string[], options: BenchOptions): Promise<void> {
  console.log(`${machineLine()}; ${new Date().toISOString().slice(0, 10)}; sizes ${options.sizes.join(', ')}`);
  const all: BenchResult[] = [];
  for (const name of names) {
    const directory = mkdtempSync(join(tmpdir(), 'shuibao-bench-'));
    try {
      const results = await benches[name]!(directory, options);
      all.push(...results);
      console.log(`\n## ${name}\n\n${resultTable(results)}`);
    } catch (error) {
      // What the others measure is not lost with it.
      console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 1;
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  }
  if (all.some(({ target }) => target !== undefined)) console.log(`\n## Targets\n\n${targetTable(all)}`);
}

// As programs of the project are started.
optimiseLater();
// Nothing here is on a network, and with more authorities every Node process would take up to 40 ms longer to start.
delete process.env.NODE_EXTRA_CA_CERTS;
try {
  const { names, options } = benchOptions(process.argv.slice(2));
  const unknown = names.filter((name) => !Object.hasOwn(benches, name));
  if (unknown.length > 0)
    throw new RangeError(`no benchmark ${unknown.join(', ')}; there are: ${Object.keys(benches).join(', ')}`);
  const wanted = Object.keys(benches).filter((name) => names.length === 0 || names.includes(name));
  await runBenches(wanted, options);
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n${benchUsage}`);
  process.exitCode = 2;
}
