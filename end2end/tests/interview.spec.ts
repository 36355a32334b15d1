// A newcomer's way from the first page to the last: in Korean on a phone, in English on a desktop.
import { halfAnswer } from '../support/bank.ts';
import { alive, expectNoOverflow, picture } from '../support/checks.ts';
import { somebody } from '../support/people.ts';
import { Room } from '../support/room.ts';
import { expect, PHONE, DESKTOP, test } from '../support/test.ts';
import { texts } from '../support/texts.ts';

/** Presses as the person of the journey does. */
type Press = (target: import('@playwright/test').Locator) => Promise<void>;

/** Answers what is asked about one question until the interviewer goes on to the next. */
async function talkThrough(room: Room, position: number, answer: (text: string) => Promise<void>): Promise<void> {
  const question = await room.question();
  const next = room.page.locator('.turn[data-kind="question"], .turn[data-kind="closing"]').nth(position + 1);
  await answer(halfAnswer(question));
  expect(await room.kindOfLast(), 'what was left open is asked about').toBe('probe');
  while (!(await next.isVisible())) await answer(question.modelAnswer);
}

async function wholeInterview(page: import('@playwright/test').Page, language: 'ko' | 'en', press: Press): Promise<void> {
  const say = texts(language);
  const person = somebody(language);
  const button = (key: string) => page.getByRole('button', { name: say(key), exact: true });
  const touch = press !== click;
  const room = new Room(page, language);
  const answer = (text: string) => (touch ? room.answerByTouch(text) : room.answer(text));

  await test.step('sign up', async () => {
    await page.goto('/');
    await expect(page).toHaveTitle(say('ui.title'));
    await press(page.getByRole('link', { name: say('home.start') }));
    await page.getByLabel(say('accounts.username'), { exact: true }).fill(person.username);
    await page.getByLabel(say('accounts.email'), { exact: true }).fill(person.email);
    await page.getByLabel(say('accounts.password'), { exact: true }).fill(person.password);
    await page.getByLabel(say('accounts.password_confirmation'), { exact: true }).fill(person.password);
    await press(button('accounts.register'));
    await expect(page).toHaveURL('/interviews/new');
  });

  await test.step('set up', async () => {
    await expect(page.getByRole('heading', { name: say('setup.title') })).toBeVisible();
    await expect(page.getByRole('heading', { name: say('words.interviewer_builtin') })).toBeVisible();
    await press(page.locator('form.setup').getByText(say('words.field_cs'), { exact: true }));
    await press(page.locator('form.setup').getByText(say('words.level_entry')).first());
    await press(page.locator('label.choice.compact', { hasText: /^3$/ }));
    await press(page.locator('label', { hasText: say('setup.coaching_text') }));
    await expect(page.getByRole('radio', { name: '3', exact: true })).toBeChecked();
    await press(button('setup.start'));
    await expect(page).toHaveURL(/\/interviews\/[0-9a-f-]{36}$/);
  });

  await test.step('the first question, with a follow-up and feedback', async () => {
    await room.asks(0);
    await expect(page.getByText(say('interview.progress', { n: 1, all: 3 })).first()).toBeVisible();
    await expect(room.field).toHaveAttribute('placeholder', say('interview.placeholder'));
    await talkThrough(room, 0, answer);
    await expect(room.feedback).toHaveCount(1);
    await expect(room.feedback).toContainText(say('interview.judged_by', { who: say('words.interviewer_builtin') }));
    await expect(room.feedback.locator('.point[data-verdict="covered"]').first()).toBeVisible();
    await expect(page.getByText(say('interview.progress', { n: 2, all: 3 })).first()).toBeVisible();
    await expectNoOverflow(page);
    await picture(page, `interview/${language}-feedback`, false);
  });

  await test.step('the second question: its intent, a pause, an answer', async () => {
    const before = await room.turns.count();
    await press(room.action('ask_intent'));
    await room.asks(before + 1);
    expect(await room.kindOfLast()).toBe('intent');
    await expect(room.action('ask_intent')).toBeDisabled();

    await room.field.fill(halfAnswer(await room.question()));
    await press(room.action('pause'));
    await expect(room.action('resume')).toBeVisible();
    await expect(page.locator('.room-bar').getByText(say('words.status_paused'))).toBeVisible();
    await expect(page.getByText(say('interview.help_paused'))).toBeVisible();
    await expect(room.send).toBeDisabled();
    await picture(page, `interview/${language}-paused`, false);
    await press(room.action('resume'));
    await expect(room.send).toBeEnabled();
    await talkThrough(room, 1, answer);
    await expect(room.feedback).toHaveCount(2);
  });

  await test.step('the third question is skipped, and the interviewer says goodbye', async () => {
    await press(room.action('skip'));
    await expect(room.ending).toBeVisible();
    expect(await room.kindOfLast()).toBe('closing');
    await expect(room.field).toBeHidden();
    await picture(page, `interview/${language}-ending`, false);
  });

  const said = await room.answers();

  await test.step('the report', async () => {
    await press(page.getByRole('link', { name: say('interview.to_report') }));
    await expect(page).toHaveURL(/\/report$/);
    await expect(page.getByRole('heading', { level: 1, name: say('report.title', { field: say('words.field_cs') }) })).toBeVisible();
    const questions = page.locator('.report-question');
    await expect(questions).toHaveCount(3);
    await expect(questions.nth(2)).toContainText(say('words.question_skipped'));
    for (const answer of said) await expect(page.locator('.report')).toContainText(answer);
    // The skipped question comes first among what to do next, and leads there.
    await press(page.locator('.advice li').first().getByRole('link'));
    await expect(page).toHaveURL(/#question-3$/);
    await expect(questions.nth(2)).toBeInViewport();
    await expect(questions.nth(0).locator('mark').first()).toBeVisible();
    const model = questions.nth(0).getByText(say('report.model_answer'));
    await press(model);
    await expect(questions.nth(0).locator('.model-answer .prose')).toBeVisible();
    await expect(questions.nth(0).locator('.sources a').first()).toHaveAttribute('href', /^https:/);
    await expectNoOverflow(page);
    await picture(page, `interview/${language}-report`);
    for (const kind of ['Markdown', 'JSON']) {
      const address = await page.getByRole('link', { name: kind, exact: true }).getAttribute('href');
      const file = await page.request.get(address ?? '');
      expect(file.status(), kind).toBe(200);
      expect(file.headers()['content-disposition'], kind).toContain('attachment');
      for (const answer of said) expect(await file.text(), kind).toContain(kind === 'JSON' ? JSON.stringify(answer) : answer.split('\n')[0]);
    }
  });

  await test.step('the history leads back to it, and deletes it', async () => {
    await press(page.getByRole('link', { name: say('report.to_history') }));
    await expect(page).toHaveURL('/interviews');
    const row = page.locator('.history-row');
    await expect(row).toHaveCount(1);
    await expect(row).toContainText(say('history.done', { n: 3, all: 3 }));
    await press(row.getByRole('link', { name: say('words.field_cs') }));
    await expect(page.locator('.report-question')).toHaveCount(3);
    await page.goBack();
    await expect(row).toHaveCount(1);
    await press(row.getByRole('button', { name: new RegExp(`^${say('history.delete')}`) }));
    const dialog = page.getByRole('dialog', { name: say('history.delete_title') });
    await picture(page, `interview/${language}-delete`, false);
    await press(dialog.getByRole('button', { name: say('ui.cancel') }));
    await expect(dialog).toBeHidden();
    await press(row.getByRole('button', { name: new RegExp(`^${say('history.delete')}`) }));
    await press(dialog.getByRole('button', { name: say('history.delete'), exact: true }));
    await expect(dialog).toBeHidden();
    await expect(row).toHaveCount(0);
    await expect(page.getByText(say('history.empty'))).toBeVisible();
  });

  await test.step('the allowance has counted it', async () => {
    await page.goto('/allowance');
    await expect(page.getByText(say('quotas.used', { used: 1, limit: 5 }))).toBeVisible();
    await expect(page.locator('tbody tr')).toHaveCount(1);
    await expect(page.locator('tbody')).toContainText(say('words.entry_started'));
    await alive(page);
  });
}

const click: Press = (target) => target.click();
const tap: Press = (target) => target.tap();

test.describe('on a phone', () => {
  test.use({ ...PHONE, locale: 'ko-KR' });
  test('a newcomer sits a whole interview in Korean', async ({ page }) => wholeInterview(page, 'ko', tap));
});

test.describe('on a desktop', () => {
  test.use({ ...DESKTOP, locale: 'en-GB' });
  test('a newcomer sits a whole interview in English', async ({ page }) => wholeInterview(page, 'en', click));
});
