import type { Language } from '../pipeline/messages/text.ts';

/** How parts of a line stand beside each other in a language. */
export interface Punctuation {
  readonly comma: string;
  readonly semicolon: string;
  readonly colon: string;
  readonly bracketed: (text: string) => string;
}

export const punctuation: Readonly<Record<Language, Punctuation>> = {
  zh: { comma: '，', semicolon: '；', colon: '：', bracketed: (text) => `（${text}）` },
  en: { comma: ', ', semicolon: '; ', colon: ': ', bracketed: (text) => ` (${text})` },
};
