import { createRequire } from 'node:module';

/** Family name inside the font files of figures. */
export const figureFontFamily = 'Noto Sans SC';

const folders = { regular: '400Regular', bold: '700Bold' } as const;

export type FontWeight = keyof typeof folders;

/**
 * Paths of the Noto Sans SC files with which figures are drawn, so that a figure looks the same on every machine, whatever fonts
 * it has. Each file holds the whole character set.
 */
export function figureFontFiles(weights: readonly FontWeight[] = ['regular', 'bold']): string[] {
  const { resolve } = createRequire(import.meta.url);
  return weights.map((weight) =>
    resolve(`@expo-google-fonts/noto-sans-sc/${folders[weight]}/NotoSansSC_${folders[weight]}.ttf`),
  );
}
