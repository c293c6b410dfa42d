import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { gdalVersion } from '../../pipeline/formats/gdal.ts';
import { annualKernels } from './annual-kernels.ts';
import { annualPass } from './annual-pass.ts';
import { type Bench, resultTable } from './result.ts';
import { terrainKernels } from './terrain-kernels.ts';
import { terrainRun } from './terrain-run.ts';

/** Every benchmark by name; `npm run bench -- NAME …` runs some of them. */
const benches: Readonly<Record<string, Bench>> = {
  'annual-kernels': annualKernels,
  'annual-pass': annualPass,
  'terrain-kernels': terrainKernels,
  'terrain-run': terrainRun,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  console.error(`no benchmark ${unknown.join(', ')}; there are: ${Object.keys(benches).join(', ')}`);
  process.exit(2);
}
console.log(
  `Node ${process.version}, GDAL ${gdalVersion}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`,
);
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const directory = mkdtempSync(join(tmpdir(), 'shuibao-bench-'));
  try {
    console.log(`\n${resultTable(await bench(directory))}`);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
