import { spawnSync } from 'node:child_process';
import { builtProgram } from '../../pipeline/programs/built-program.ts';
import { overlayInputs } from './overlay-inputs.ts';
import type { OverlayRun } from './overlay-process.ts';
import { type PostgisAnswer, postgisOverlay } from './postgis-overlay.ts';
import { startPostgis } from './postgis-server.ts';
import type { Bench, BenchResult } from './result.ts';

const [patchCount, versionCount] = [50_000, 20_000];

/** Overlay and ranking are to take less than this, s. */
const wantedSeconds = 60;

/** Inside shares may differ by this much of a patch, and verdicts in this share of patches: one area is that of the plane. */
const tolerance = { share: 1e-6, verdicts: 1e-3 };

/** Overlay and ranking of a national round, beside the same overlay in PostGIS. */
export const overlay: Bench = async () => {
  const ours = runOverlay();
  const name = `overlay and ranking of ${patchCount} patches × ${versionCount} boundary versions`;
  const results: BenchResult[] = [
    { name, figure: ours.wallSeconds, against: 'a minute', againstFigure: wantedSeconds, unit: 's', target: 1 },
    {
      name: `${name}, memory`,
      figure: ours.peakMegabytes,
      against: '1 GB',
      againstFigure: 1024,
      unit: 'MB',
      target: 1,
    },
  ];
  const server = await startPostgis();
  if (server === undefined) {
    console.error('overlay: PostGIS is not installed, so it is not held against it');
    return results;
  }
  try {
    const theirs = await postgisOverlay(server, overlayInputs(patchCount, versionCount));
    console.log(`\nverdicts as PostGIS has them: ${agreementLine(ours, theirs.answers)}`);
    results.push({
      name,
      figure: ours.wallSeconds,
      against: 'PostGIS, overlay only',
      againstFigure: theirs.wallSeconds,
      unit: 's',
    });
  } finally {
    await server.stop();
  }
  return results;
};

function runOverlay(): OverlayRun {
  const program = builtProgram('overlay-process', 'benchmarks');
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, String(patchCount), String(versionCount)], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`overlay failed: ${stderr}`);
  return JSON.parse(stdout) as OverlayRun;
}

/**
 * How many verdicts agree, and by how much inside shares differ at most.
 * @throws Error when more differ, or by more, than the tolerance
 */
function agreementLine({ answers }: OverlayRun, theirs: ReadonlyMap<string, PostgisAnswer>): string {
  let [others, worst] = [0, 0];
  for (const [key, verdict, area, inside] of answers) {
    const answer = theirs.get(key)!;
    if (answer.verdict !== verdict) others++;
    worst = Math.max(worst, Math.abs(inside / area - answer.insideSquareMetres / answer.squareMetres));
  }
  const line = `${answers.length - others} of ${answers.length}; inside shares differ by ${worst.toExponential(1)} at most`;
  if (worst > tolerance.share || others > tolerance.verdicts * answers.length) throw new Error(`too far off: ${line}`);
  return line;
}
