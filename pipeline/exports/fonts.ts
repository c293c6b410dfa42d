import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import subsetFont from 'subset-font';
import { seldomRunBytes, withTieringBudget } from '../kernels/tiering-budget.ts';
import { fontCharacters } from './font-characters.ts';

/** Family name inside the font files of figures. */
export const figureFontFamily = 'Noto Sans SC';

const folders = { regular: '400Regular', bold: '700Bold' } as const;

export type FontWeight = keyof typeof folders;

/** Weights that figures may use. */
export const figureFontWeights = Object.keys(folders) as FontWeight[];

/**
 * Path of a Noto Sans SC file with which figures are drawn, so that a figure looks the same on every machine, whatever fonts
 * it has. It holds the whole character set, in 10 MB.
 */
export const figureFontFile = (weight: FontWeight): string =>
  createRequire(import.meta.url).resolve(
    `@expo-google-fonts/noto-sans-sc/${folders[weight]}/NotoSansSC_${folders[weight]}.ttf`,
  );

/** Drawn in place of characters that the fonts lack. */
const missingCharacter = '\u25a1';

/** What stands for itself without a glyph: controls such as line ends, marks that only change others. */
const needsNone = /\p{Cc}|\p{Default_Ignorable_Code_Point}/u;

/**
 * Draws with fonts that hold the characters of a text alone: what draws figures reads the whole file anew for every glyph.
 * @param draw - is given the text, with a box for each character that a font lacks, and the font files, which are gone when it
 *   has returned
 */
export async function withFontsOf<T>(
  text: string,
  weights: readonly FontWeight[],
  draw: (text: string, files: string[]) => T,
): Promise<T> {
  const fonts = await Promise.all(weights.map((weight) => readFile(figureFontFile(weight))));
  const isLacking = (character: string): boolean =>
    !needsNone.test(character) && fonts.some((font) => !fontCharacters(font)(character.codePointAt(0)!));
  let shown = text;
  for (const character of new Set(text))
    if (isLacking(character)) shown = shown.replaceAll(character, missingCharacter);
  const characters = [...new Set(shown)].join('');
  const directory = await mkdtemp(join(tmpdir(), 'shuibao-fonts-'));
  try {
    const files: string[] = [];
    for (const [index, font] of fonts.entries()) {
      const file = join(directory, `${weights[index]}.ttf`);
      const small = await withTieringBudget(seldomRunBytes, () =>
        subsetFont(font, characters, { targetFormat: 'sfnt' }),
      );
      await writeFile(file, small);
      files.push(file);
    }
    return draw(shown, files);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
