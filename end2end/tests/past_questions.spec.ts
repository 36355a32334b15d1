// A past question is handed in, sent back with a reason, approved with key points, and asked and judged like one of the bank.
import { randomUUID } from 'node:crypto';
import { alive, expectAccessible, expectNoKorean, expectNoOverflow, expectReadable, picture } from '../support/checks.ts';
import { act, answer, call, PASSWORD, roomOf, signedUp, somebody, spoken } from '../support/people.ts';
import { DESKTOP, expect, loneTest as test, PHONE } from '../support/test.ts';
import { texts, type Language } from '../support/texts.ts';
import type { Page } from '@playwright/test';

const SCREENS = [
  { language: 'ko', screen: PHONE, locale: 'ko-KR' },
  { language: 'en', screen: DESKTOP, locale: 'en-GB' },
] as const satisfies { language: Language; screen: object; locale: string }[];

const ASKED = {
  ko: {
    question: '결제 요청이 두 번 들어오면 어떻게 처리하시겠어요?',
    twin: '프로세스와 스레드의 차이점은 무엇인가요?',
    company: '가나 소프트',
    job: '백엔드 개발자',
    source: '직접 받은 질문',
    reason: '회사를 적어 주세요.',
    say: ['멱등 키로 같은 요청을 알아봅니다.', '처음 결과를 그대로 돌려줍니다.', '처리 중이면 기다리게 합니다.'],
    accept: ['멱등, 키', '처음|저장, 결과|응답', '처리 중|진행, 기다리다'],
    answer: '요청마다 멱등 키를 저장하고, 같은 키가 다시 오면 처음 결과를 그대로 돌려줍니다. 처리 중이면 기다리게 합니다.',
  },
  en: {
    question: 'What would you do when a payment request comes in twice?',
    twin: 'How does a process differ from a thread?',
    company: 'Acme Soft',
    job: 'Backend developer',
    source: 'Asked in my own interview',
    reason: 'Please name the company.',
    say: ['An idempotency key tells that it is the same.', 'The first result is sent again.', 'One that is under way is waited for.'],
    accept: ['idempotency|idempotent, key', 'first|stored, result|reply', 'under way|running, wait'],
    answer: 'Each request has an idempotency key that I store; when the same key comes again I send the first result. I wait when it is still running.',
  },
};

/** What the interviewer asks in an interview of three questions, when none is answered. */
async function heardIn(page: Page, id: string): Promise<string> {
  const heard: string[] = [];
  for (let position = 0; position < 3; position += 1) {
    const view = await spoken(page, id);
    heard.push(view.turns.filter((turn) => turn.kind === 'question').at(-1)?.text ?? '');
    await act(page, id, view, 'skip');
  }
  return heard.join('\n');
}

for (const { language, screen, locale } of SCREENS) {
  const say = texts(language);
  const asked = ASKED[language];

  /** Looks a page over on both sizes and in the dark. */
  async function lookedOver(page: Page, name: string): Promise<void> {
    await expectAccessible(page);
    if (language === 'en') await expectNoKorean(page);
    for (const [size, { viewport }] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
      if (viewport) await page.setViewportSize(viewport);
      await expectNoOverflow(page);
      await picture(page, `past-questions/${language}-${name}-${size}`);
    }
    await page.emulateMedia({ colorScheme: 'dark' });
    await expectReadable(page);
    await page.emulateMedia({ colorScheme: 'light' });
    if (screen.viewport) await page.setViewportSize(screen.viewport);
  }

  async function fill(page: Page): Promise<void> {
    await page.getByLabel(say('past_questions.question'), { exact: true }).fill(asked.question);
    await page.getByLabel(say('past_questions.company'), { exact: true }).fill(asked.company);
    await page.getByLabel(say('past_questions.job'), { exact: true }).fill(asked.job);
    await page.getByLabel(say('history.field'), { exact: true }).selectOption('backend');
    await page.getByLabel(say('questions.level'), { exact: true }).selectOption('junior');
    await page.getByLabel(say('past_questions.asked_on'), { exact: true }).fill('2026-03');
    await page.getByLabel(say('past_questions.source'), { exact: true }).fill(asked.source);
  }

  test.describe(`in ${language}`, () => {
    test.use({ ...screen, locale });

    test('a past question finds its way into interviews', async ({ page, lone, browser, baseURL, troubles }) => {
      test.setTimeout(180_000);
      troubles.expect(/\b404\b/);
      const members = await browser.newContext({ ...screen, locale, baseURL });
      troubles.watch(members);
      const member = await members.newPage();
      await signedUp(member, language);

      const shown = /\/setup\/([0-9a-f]{64})/;
      await expect.poll(() => shown.test(lone.log)).toBe(true);
      const root = somebody(language);
      const account = { ...root, password: PASSWORD, password_confirmation: PASSWORD };
      await call(page, 'accounts/set-up', { token: shown.exec(lone.log)?.[1] ?? '', account });

      await test.step('it is handed in, and what is alike is shown', async () => {
        await member.goto('/past-questions');
        await alive(member);
        await expect(member.getByText(say('past_questions.empty'))).toBeVisible();
        await member.getByRole('link', { name: say('past_questions.add_first'), exact: true }).click();
        await expect(member).toHaveURL('/past-questions/new');
        await alive(member);
        await member.getByLabel(say('past_questions.question'), { exact: true }).fill(asked.twin);
        await expect(member.locator('.similar a').first()).toHaveAttribute('href', '/questions/os/process-vs-thread');
        await lookedOver(member, 'add');
        await fill(member);
        await member.getByLabel(say('past_questions.asked_on'), { exact: true }).fill('March');
        await member.getByRole('button', { name: say('past_questions.hand_in'), exact: true }).click();
        await expect(member.getByText(say('words.reason_malformed_asked_on'))).toBeVisible();
        await expect(member.getByLabel(say('past_questions.question'), { exact: true })).toHaveValue(asked.question);
        await member.getByLabel(say('past_questions.asked_on'), { exact: true }).fill('2026-03');
        await member.getByRole('button', { name: say('past_questions.hand_in'), exact: true }).click();
        await expect(member).toHaveURL('/past-questions?show=own');
        await expect(member.locator('.question-list .tag')).toHaveText(say('words.past_pending'));
        await lookedOver(member, 'own');
      });

      const told = page.locator('.admin > [role="status"]');
      const open = async (tab: string) => {
        await page.goto('/admin/past-questions');
        await alive(page);
        await page.getByRole('link', { name: say(tab), exact: true }).click();
        await expect(page.locator('.question-list > li')).toHaveCount(1);
        await page.getByRole('link', { name: say('past_questions.open'), exact: true }).click();
        await expect(page.getByRole('button', { name: say('past_questions.key_save'), exact: true })).toBeVisible();
      };

      await test.step('it is sent back with a reason', async () => {
        await open('words.past_pending');
        await lookedOver(page, 'moderation');
        await page.getByLabel(say('past_questions.rejection'), { exact: true }).fill(asked.reason);
        await page.getByRole('button', { name: say('past_questions.reject'), exact: true }).click();
        await expect(told).toHaveText(say('past_questions.rejected_done'));
        await member.reload();
        await expect(member.locator('.question-list')).toContainText(asked.reason);
      });

      await test.step('key points are written, and it is approved', async () => {
        await open('words.past_rejected');
        const points = page.locator('.key-point');
        await points.nth(0).getByLabel(say('past_questions.point_say')).fill(asked.say[0]);
        await page.getByRole('button', { name: say('past_questions.key_save'), exact: true }).click();
        await expect(page.getByText(say('words.key_few_points'))).toBeVisible();
        for (const [place, text] of asked.say.entries()) {
          await points.nth(place).getByLabel(say('past_questions.point_say')).fill(text);
          await points.nth(place).getByLabel(say('past_questions.point_accept')).fill(asked.accept[place]);
        }
        await points.nth(0).getByLabel(say('past_questions.point_must')).check();
        await page.getByRole('button', { name: say('past_questions.key_save'), exact: true }).click();
        await expect(told).toHaveText(say('past_questions.key_saved'));
        await page.getByRole('button', { name: say('past_questions.approve'), exact: true }).click();
        await expect(told).toHaveText(say('past_questions.approved_with_key'));
      });

      await test.step('everybody finds it by company', async () => {
        await member.goto('/past-questions');
        await alive(member);
        await member.getByRole('combobox', { name: say('past_questions.company'), exact: true }).selectOption(asked.company);
        await member.getByRole('button', { name: say('questions.search'), exact: true }).click();
        await expect(member.locator('.question-list > li')).toHaveCount(1);
        await lookedOver(member, 'list');
        await member.locator('.question-list').getByRole('link').click();
        await expect(member.getByRole('heading', { level: 1 })).toHaveText(asked.question);
        await alive(member);
        await lookedOver(member, 'question');
      });

      const company = member.getByRole('combobox', { name: say('setup.company'), exact: true });

      await test.step('its company is chosen for an interview, where it has something to ask', async () => {
        await member.getByRole('link', { name: say('past_questions.of_company'), exact: true }).click();
        await expect(member).toHaveURL(/\/interviews\/new\?field=backend&level=junior&/);
        await alive(member);
        await expect(company).toHaveValue(asked.company);
        await expect(company.locator('option:checked')).toHaveText(say('setup.company_option', { company: asked.company, n: 1 }));
        await member.getByRole('radio', { name: say('words.field_cs') }).check({ force: true });
        await expect(company).toHaveCount(0);
        await expect(member.getByText(say('setup.no_company'))).toBeVisible();
        await member.getByRole('radio', { name: say('words.field_backend') }).check({ force: true });
        await expect(company).toHaveValue(asked.company);
        await lookedOver(member, 'company');
        await member.getByRole('radio', { name: '3', exact: true }).check({ force: true });
        const starting = member.waitForRequest('**/web/interview/start');
        await member.getByRole('button', { name: say('setup.start'), exact: true }).click();
        const sent = (await starting).postDataJSON() as { interview: { company: string } };
        expect(sent.interview.company).toBe(asked.company);
        await expect(member).toHaveURL(/\/interviews\/[0-9a-f-]{36}$/);
        const id = member.url().split('/').at(-1) ?? '';
        expect(await heardIn(member, id)).toContain(asked.question);
      });

      await test.step('it is practised and judged', async () => {
        await member.goto('/past-questions');
        await member.locator('.question-list').getByRole('link').click();
        await alive(member);
        await member.getByRole('button', { name: say('questions.practise') }).click();
        await expect(member).toHaveURL(/\/interviews\/[0-9a-f-]{36}$/);
        const id = member.url().split('/').at(-1) ?? '';
        const view = await spoken(member, id);
        expect(view.turns[0].text).toContain(asked.question);
        await answer(member, id, view, asked.answer);
        const after = await spoken(member, id);
        // With every point made there is nothing to go on with.
        if (after.interview.status === 'running') await act(member, id, after, 'finish');
        await expect.poll(async () => (await roomOf(member, id)).feedback.every((one) => one.feedback !== null)).toBe(true);
        await member.goto(`/interviews/${id}/report`);
        await expect(member.locator('.points .point')).toHaveCount(3);
        await expect(member.locator('.report-question').getByRole('link', { name: say('past_questions.title') })).toBeVisible();
      });

      await test.step('it comes up in an interview of its field', async () => {
        const interview = {
          request_id: randomUUID(), field: 'backend', topics: [], level: 'junior', language, question_count: 3, mode: 'coaching',
        };
        // It was asked a moment ago: somebody else is asked it.
        const stranger = await browser.newContext({ ...screen, locale, baseURL });
        troubles.watch(stranger);
        const other = await stranger.newPage();
        await signedUp(other, language);
        const { Ok: id } = await call<{ Ok: string }>(other, 'interview/start', { interview });
        expect(await heardIn(other, id)).toContain(asked.question);
        await stranger.close();
      });
      await members.close();
    });
  });
}
