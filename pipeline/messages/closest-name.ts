import type { Text } from './text.ts';

/**
 * The known name nearest to what was typed, or undefined when none is near: edit distance above a third of the length, or more
 * than half of a short name. Two official terms of two characters have nothing in common, and may mean the opposite.
 */
export function closestName(typed: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(typed.length / 3)) + 1;
  for (const name of known) {
    // As many characters at least are inserted or deleted; what a file says may be endless.
    if (Math.abs(typed.length - name.length) >= bestDistance) continue;
    const distance = editDistance(typed.toLowerCase(), name.toLowerCase());
    if (distance < bestDistance && distance * 2 <= Math.max(typed.length, name.length)) {
      best = name;
      bestDistance = distance;
    }
  }
  return best;
}

/** The known name nearest to what was typed as a question to its writer, or undefined when none is near. */
export function didYouMean(typed: string, known: readonly string[]): Text | undefined {
  const near = closestName(typed, known);
  return near === undefined ? undefined : wasMeant(near);
}

/** Asks whether a name was meant. */
export const wasMeant = (name: string): Text => ({ zh: `是否应为“${name}”？`, en: `did you mean “${name}”?` });

/** Levenshtein 1966: fewest single-character insertions, deletions and substitutions between two words. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(substitution, previous[j]! + 1, current[j - 1]! + 1));
    }
    previous = current;
  }
  return previous[b.length]!;
}
