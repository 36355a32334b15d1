// The short journey in two more engines: sign up, answer in Korean, reload, read the report.
import { somebody } from '../support/people.ts';
import { firefox, webkit, type Engine } from '../support/engines.ts';
import { expect, test as base } from '../support/test.ts';
import { texts } from '../support/texts.ts';

const say = texts('ko');
const ANSWER = '프로세스는 각자 독립된 메모리 공간을 갖고, 스레드는 같은 프로세스의 힙을 공유합니다.';
const DRAFT = '아직 쓰는 중인 대답';

/** Waits until an expression is true on the page. A page that is just being replaced answers nothing. */
async function until(engine: Engine, expression: string): Promise<void> {
  await expect.poll(() => engine.read<boolean>(expression).catch(() => false), { message: expression, timeout: 30_000 }).toBe(true);
}

async function shortJourney(engine: Engine, url: string, name: string): Promise<void> {
  const person = somebody();
  await engine.open(`${url}/register`);
  if ((await engine.read('document.documentElement.lang')) !== 'ko') {
    await engine.click('.site-footer button[lang="ko"]');
    await until(engine, `document.documentElement.lang === 'ko' && location.pathname === '/register'`);
  }
  await until(engine, `document.querySelector('main button[type="submit"]')?.disabled === false`);
  await engine.type('#username', person.username);
  await engine.type('#email', person.email);
  await engine.type('#password', person.password);
  await engine.type('#password_confirmation', `${person.password}\n`);

  await until(engine, `location.pathname === '/interviews/new' && document.querySelector('form.setup')?.inert === false`);
  await engine.click('input[name="field"][value="cs"]');
  await engine.click('input[name="question_count"][value="3"]');
  await until(engine, `document.querySelector('input[name="question_count"][value="3"]').checked`);
  await engine.click('form.setup button[type="submit"]');

  const turns = (count: number) =>
    `document.querySelectorAll('.turns .turn').length >= ${count} && !document.querySelector('.speaking') && [...document.querySelectorAll('.turns .turn')].at(-1).classList.contains('interviewer')`;
  await until(engine, turns(1));
  await engine.type('#answer', `${ANSWER}\n`);
  await until(engine, turns(3));
  await until(engine, `document.querySelector('#answer').value === ''`);
  expect(await engine.read(`document.querySelector('.turn.candidate .said').textContent`)).toBe(ANSWER);

  await engine.type('#answer', DRAFT);
  await until(engine, `document.querySelector('#answer').value === ${JSON.stringify(DRAFT)}`);
  await engine.picture(`artefacts/engines/${name}-room.png`);
  await engine.reload();
  await until(engine, `document.querySelector('#answer')?.value === ${JSON.stringify(DRAFT)}`);
  expect(await engine.read(`document.querySelectorAll('.turns .turn').length`)).toBe(3);

  await engine.click('.room-bar > button');
  await until(engine, `document.querySelector('.room-bar dialog').open`);
  await engine.click('.room-bar dialog .button:not(.quiet)');
  await until(engine, `!!document.querySelector('.ending a')`);
  await engine.click('.ending a');
  await until(engine, `location.pathname.endsWith('/report') && !!document.querySelector('.report-question')`);
  const report = await engine.read<string>(`document.querySelector('.report').textContent`);
  expect(report).toContain(ANSWER);
  expect(report).toContain(say('report.model_answer'));
  await engine.picture(`artefacts/engines/${name}-report.png`);
  expect(engine.complaints()).toEqual([]);
}

for (const [name, start] of Object.entries({ firefox, webkit })) {
  const test = base.extend<{ engine: Engine }>({
    engine: async ({}, use) => {
      const engine = await start();
      await use(engine);
      await engine.close();
    },
  });
  test(`the short journey in ${name}`, async ({ daedap, engine }) => shortJourney(engine, daedap.url, name));
}
