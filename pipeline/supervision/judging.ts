import { calibratedWeights, coldStartWeights, type RankingWeights } from '../../models/disturbance/ranking.ts';
import type { DecidedGround } from './decided-links.ts';
import type { BatchBefore } from './patch-batch.ts';
import type { SupervisionRegister } from './register.ts';

/** Weights of the ranking with what the decisions of a register teach. */
export async function weightsOf(register: SupervisionRegister): Promise<RankingWeights> {
  return calibratedWeights(coldStartWeights, (await register.decisions()).outcomes());
}

/** What a register knows that a new batch is held against; the batch before it by name is its last. */
export async function knownBefore(register: SupervisionRegister, name: string): Promise<BatchBefore> {
  const batches = await register.batches();
  return {
    previous: batches.filter((batch) => batch.name < name).at(-1)?.patches ?? [],
    usedNumbers: await register.usedNumbers(),
    decided: await decidedGround(register),
  };
}

/** Ground of the decisions that hold. A suspicion that awaits its field review has decided nothing yet. */
export async function decidedGround(register: SupervisionRegister): Promise<DecidedGround[]> {
  const numbersByContent = new Map<string, Set<string>>();
  for (const { patch, content, unlawful } of (await register.decisions()).current()) {
    if (unlawful === null) continue;
    const numbers = numbersByContent.get(content) ?? new Set();
    numbersByContent.set(content, numbers.add(patch));
  }
  const ground: DecidedGround[] = [];
  for (const [content, numbers] of numbersByContent)
    for (const { number, geometry, crs } of (await register.batchAt(content)).patches)
      if (numbers.has(number)) ground.push({ number, geometry, crs });
  return ground;
}
