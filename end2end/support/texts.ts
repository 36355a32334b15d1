// The texts of the screens, from the files that the program is built with.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Language = 'ko' | 'en';
export const LANGUAGES: Language[] = ['ko', 'en'];

const folder = join(import.meta.dirname, '../../app/base/locales');

function load(language: Language): Map<string, string> {
  const texts = new Map<string, string>();
  for (const file of readdirSync(join(folder, language))) {
    const content = JSON.parse(readFileSync(join(folder, language, file), 'utf8')) as Record<string, string>;
    for (const [key, text] of Object.entries(content)) texts.set(`${file.replace('.json', '')}.${key}`, text);
  }
  return texts;
}

const all = { ko: load('ko'), en: load('en') };

export type Texts = (key: string, values?: Record<string, string | number>) => string;

/** The texts of a language by key, as `say('interview.progress', { n: 1, all: 3 })`. */
export function texts(language: Language): Texts {
  return (key, values = {}) => {
    const text = all[language].get(key);
    if (text === undefined) throw new Error(`no text ${key}`);
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  };
}
