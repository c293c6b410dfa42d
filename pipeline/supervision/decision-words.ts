import { type Decision, decisionNames, decisions } from '../../models/disturbance/rules/decisions.ts';
import { didYouMean } from '../messages/closest-name.ts';
import { userError } from '../messages/user-error.ts';

const inBoth = (decision: Decision): string => `${decision} (${decisionNames[decision].en})`;

/** Each decision by its official name, its English one, and the two together, as pages for English readers show them. */
const byWords: ReadonlyMap<string, Decision> = new Map(
  decisions.flatMap((each) => [each, decisionNames[each].en, inBoth(each)].map((words) => [comparable(words), each])),
);

/** Words without what does not tell them apart: case, width of characters, spaces beside others and around brackets. */
function comparable(words: string): string {
  const narrow = words.normalize('NFKC').toLowerCase();
  return narrow
    .replace(/\s+/g, ' ')
    .replace(/ ?([()]) ?/g, '$1')
    .trim();
}

/**
 * The decision that somebody wrote, in Chinese or English words.
 *
 * @param about patch or option that the words stand for, for the message
 * @throws UserError when the words mean none
 */
export function decisionInWords(words: string, about: string): Decision {
  const found = byWords.get(comparable(words));
  if (found !== undefined) return found;
  throw userError(
    'decision-unknown',
    about,
    { zh: `“${words.trim()}”不是认定结论`, en: `“${words.trim()}” is no decision` },
    {
      zh: `应为其中之一，中文或英文：${decisions.map(inBoth).join('、')}`,
      en: `expected one of these, in Chinese or English: ${decisions.map(inBoth).join(', ')}`,
    },
    didYouMean(words.trim(), [...decisions, ...decisions.map((each) => decisionNames[each].en)]),
  );
}
