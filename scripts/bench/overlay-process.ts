/** One overlay in a process of its own, told in JSON: `node dist/benchmarks/overlay-process.js PATCHES VERSIONS`. */
import { coldStartWeights } from '../../models/disturbance/ranking.ts';
import { supervisionRules2024 } from '../../models/disturbance/rules/supervision-2024.ts';
import { judgeBatch } from '../../pipeline/supervision/judge-batch.ts';
import { overlayCrs, overlayInputs, overlayKnownOn } from './overlay-inputs.ts';

/** What the process tells: its times, its largest memory, and verdict and areas of each patch by its key. */
export interface OverlayRun {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
  readonly answers: readonly (readonly [key: string, verdict: string, areaSquareMetres: number, inside: number])[];
}

const [patches, versions] = process.argv.slice(2).map(Number);
const { drafts, boundaries } = overlayInputs(patches!, versions!);
const [started, cpu] = [performance.now(), process.cpuUsage()];
const judged = judgeBatch(
  { batch: { year: 2024, period: 9 }, drafts, boundaries, previous: [], usedNumbers: [], decided: [] },
  {
    crs: overlayCrs,
    rules: supervisionRules2024,
    weights: coldStartWeights,
    knownOn: overlayKnownOn,
    detectedPositionMetres: 0,
  },
);
const wallSeconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(cpu);
const run: OverlayRun = {
  wallSeconds,
  cpuSeconds: (user + system) / 1e6,
  peakMegabytes: process.resourceUsage().maxRSS / 1024,
  answers: judged.patches.map(({ key, judgement, measures }) => [
    key,
    judgement.verdict,
    measures.areaSquareMetres,
    measures.insideSquareMetres,
  ]),
};
console.log(JSON.stringify(run));
