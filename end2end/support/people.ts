// People and their interviews, made through the pages' own calls where a journey is about something else.
import { randomUUID } from 'node:crypto';
import { expect, type APIRequestContext, type Page } from '@playwright/test';
import { asked, halfAnswer, type BankQuestion } from './bank.ts';
import type { Language } from './texts.ts';

export const PASSWORD = 'correct horse 7';

export interface Person {
  username: string;
  email: string;
  password: string;
  language: Language;
}

/** Somebody whom no other journey knows. */
export function somebody(language: Language = 'ko'): Person {
  const username = `mina-${randomUUID().slice(0, 8)}`;
  return { username, email: `${username}@example.com`, password: PASSWORD, language };
}

/** One of the pages' own calls, with the cookies of the page. */
export async function call<T>(page: Page | APIRequestContext, endpoint: string, data: object = {}): Promise<T> {
  const request = 'request' in page ? page.request : page;
  const reply = await request.post(`/web/${endpoint}`, { data, headers: { 'sec-fetch-site': 'same-origin' } });
  const text = await reply.text();
  expect(reply.ok(), `${endpoint}: ${reply.status()} ${text}`).toBe(true);
  return JSON.parse(text) as T;
}

/** As `call`, for those that answer a form. */
async function submit<T>(page: Page, endpoint: string, data: object): Promise<T> {
  const result = await call<{ Ok?: T; Err?: unknown }>(page, endpoint, data);
  expect(result.Err, endpoint).toBeUndefined();
  return result.Ok as T;
}

/** Signs somebody up. The page's browser is signed in afterwards. */
export async function signedUp(page: Page, language: Language = 'ko'): Promise<Person> {
  const person = somebody(language);
  const account = {
    username: person.username,
    email: person.email,
    password: person.password,
    password_confirmation: person.password,
    language,
  };
  await submit(page, 'accounts/register', { account });
  return person;
}

export interface Setup {
  field?: string;
  topics?: string[];
  level?: string;
  language?: Language;
  questions?: number;
  mode?: 'coaching' | 'realistic';
}

const startedBy = new WeakMap<Page, number>();

/** The id of the request is the seed of the choice of questions, too. So a journey is asked the same every time. */
function nextRequest(page: Page): string {
  const count = (startedBy.get(page) ?? 0) + 1;
  startedBy.set(page, count);
  return `0193f0aa-0000-7000-8000-${String(count).padStart(12, '0')}`;
}

/** Starts an interview and returns its id. */
export async function started(page: Page, setup: Setup = {}): Promise<string> {
  const interview = {
    request_id: nextRequest(page),
    field: setup.field ?? 'cs',
    topics: setup.topics ?? [],
    level: setup.level ?? 'entry',
    language: setup.language ?? 'ko',
    question_count: setup.questions ?? 3,
    mode: setup.mode ?? 'coaching',
  };
  return submit<string>(page, 'interview/start', { interview });
}

export interface Turn {
  number: number;
  position: number;
  speaker: 'interviewer' | 'candidate';
  kind: string;
  status: 'running' | 'done' | 'failed';
  text: string;
}

export interface RoomView {
  interview: { status: string; interviewer: { kind: string } };
  position: number;
  turns: Turn[];
  feedback: { position: number; feedback: unknown }[];
  draft: string;
}

/** The room as the server has it. */
export async function roomOf(page: Page, id: string): Promise<RoomView> {
  return call<RoomView>(page, 'interview/room', { id });
}

/** What the candidate has said, as the server has it. */
export async function answersOf(page: Page, id: string): Promise<string[]> {
  const { turns } = await roomOf(page, id);
  return turns.filter((turn) => turn.kind === 'answer').map((turn) => turn.text);
}

/** Waits until the interviewer has said what it says now, without waiting for the pace of the words. */
export async function spoken(page: Page, id: string): Promise<RoomView> {
  let view = await roomOf(page, id);
  await expect
    .poll(async () => {
      view = await roomOf(page, id);
      const last = view.turns.at(-1);
      if (last?.status === 'running') await act(page, id, view, 'stop');
      return last?.speaker === 'interviewer' ? last.status : 'running';
    })
    .not.toBe('running');
  return view;
}

export async function act(page: Page, id: string, view: RoomView, action: string): Promise<void> {
  await submit(page, 'interview/act', { id, turn_number: view.turns.length, action });
}

export async function answer(page: Page, id: string, view: RoomView, text: string): Promise<void> {
  await submit(page, 'interview/answer', { id, turn_number: view.turns.length, request_id: randomUUID(), text });
}

/** An interview that is under way: one question answered and talked about, the next one asked. */
export async function underWay(page: Page, language: Language, setup: Setup = {}): Promise<string> {
  const id = await started(page, { ...setup, language });
  let view = await spoken(page, id);
  await answer(page, id, view, halfAnswer(asked(language, view.turns[0].text)));
  view = await spoken(page, id);
  const model = asked(language, view.turns[0].text).modelAnswer;
  while (view.position === 0) {
    await answer(page, id, view, model);
    view = await spoken(page, id);
  }
  return id;
}

/** An interview that was answered, skipped and finished, with its feedback. */
export async function finished(page: Page, language: Language, setup: Setup = {}): Promise<string> {
  const id = await underWay(page, language, setup);
  let view = await spoken(page, id);
  await act(page, id, view, 'skip');
  view = await spoken(page, id);
  await act(page, id, view, 'finish');
  await expect
    .poll(async () => {
      const { interview, feedback } = await roomOf(page, id);
      return interview.status === 'finished' && feedback.every((one) => one.feedback !== null);
    })
    .toBe(true);
  return id;
}

/** Long enough to be judged, and about nothing that any question asks. */
export const OFF_TOPIC =
  '어제 점심에 친구와 맛있는 국수를 먹었고 오후에는 공원을 오래 걸었습니다. 날씨가 맑아서 기분이 참 좋았고 저녁에는 영화를 보았습니다.';

/** A finished interview whose only answer missed every point. Says what was asked. */
export async function missed(page: Page, language: Language = 'ko'): Promise<{ id: string; question: BankQuestion }> {
  const id = await started(page, { language });
  let view = await spoken(page, id);
  const question = asked(language, view.turns[0].text);
  await answer(page, id, view, OFF_TOPIC);
  view = await spoken(page, id);
  await act(page, id, view, 'finish');
  await expect
    .poll(async () => {
      const { interview, feedback } = await roomOf(page, id);
      return interview.status === 'finished' && feedback.every((one) => one.feedback !== null);
    })
    .toBe(true);
  return { id, question };
}
