// The question bank, so that a journey can answer whatever it is asked.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from './texts.ts';

export interface BankQuestion {
  id: string;
  question: string;
  modelAnswer: string;
  /** Answers with the points that they make. */
  samples: { text: string; expect: string[] }[];
  /** Essential points that the interviewer asks about when they are missing. */
  musts: string[];
}

const folder = join(import.meta.dirname, '../../questions');

function parse(text: string): BankQuestion {
  const [, front = '', body = ''] = text.split(/^\+\+\+$/m);
  const sections = body.split(/^# .*$/m).map((section) => section.trim());
  const string = (source: string, key: string) => {
    const found = new RegExp(`^${key} = ("(?:[^"\\\\]|\\\\.)*")`, 'm').exec(source);
    return found ? (JSON.parse(found[1]) as string) : '';
  };
  const tables = front.split(/^(?=\[\[)/m);
  const followed = tables.map((table) => /^when = "missing:(.+)"/m.exec(table)?.[1]);
  return {
    id: string(tables[0], 'id'),
    question: oneLine(sections[1]),
    modelAnswer: oneLine(sections[3]),
    samples: tables
      .filter((table) => table.startsWith('[[sample]]'))
      .map((table) => ({
        text: string(table, 'text'),
        expect: [...(/^expect = \[(.*)\]/m.exec(table)?.[1] ?? '').matchAll(/"([^"]+)"/g)].map(([, id]) => id),
      })),
    musts: tables
      .filter((table) => table.startsWith('[[point]]') && /^must = true/m.test(table))
      .map((table) => string(table, 'id'))
      .filter((id) => followed.includes(id)),
  };
}

export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

const known = new Map<Language, BankQuestion[]>();

function questions(language: Language): BankQuestion[] {
  const already = known.get(language);
  if (already) return already;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const loaded = files
    .filter((file) => file.endsWith(`.${language}.md`))
    .map((file) => parse(readFileSync(join(folder, file), 'utf8')));
  known.set(language, loaded);
  return loaded;
}

/** The question at the end of what the interviewer said. */
export function asked(language: Language, said: string): BankQuestion {
  const text = oneLine(said);
  const found = questions(language).find((question) => text.endsWith(question.question));
  if (!found) throw new Error(`not in the bank: ${text}`);
  return found;
}

/** An answer that leaves an essential point open, so that the interviewer asks again. */
export function halfAnswer(question: BankQuestion): string {
  const half = question.samples.find(
    (sample) => sample.text && question.musts.some((must) => !sample.expect.includes(must)),
  );
  if (!half) throw new Error(`no sample of ${question.id} leaves an essential point open`);
  return half.text;
}
