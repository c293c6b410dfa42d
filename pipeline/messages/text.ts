/** A sentence a user may read, in both languages of the program. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

export type Language = keyof Text;

/** Language named by the environment: Chinese unless the locale clearly says otherwise. */
export function languageFromEnvironment(environment: Record<string, string | undefined>): Language {
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
  if (/^(zh|C$|C\.|POSIX|$)/i.test(locale)) return 'zh';
  return 'en';
}
