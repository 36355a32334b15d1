// Interviews with a model behind the interviewer: the scripted server plays it, well and badly.
import { asked, halfAnswer } from '../support/bank.ts';
import { picture } from '../support/checks.ts';
import { answersOf, roomOf, signedUp, started } from '../support/people.ts';
import { Room } from '../support/room.ts';
import { expect, modelTest as test } from '../support/test.ts';

test.beforeEach(async ({ upstream }) => upstream.script('natural'));

/** Notes how the last turn grows, as the person sees it. */
async function watchGrowth(page: import('@playwright/test').Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    new MutationObserver(() => {
      const text = [...document.querySelectorAll('.turn .said')].at(-1)?.textContent ?? '';
      if (text !== seen.at(-1)) seen.push(text);
    }).observe(document.querySelector('.turns') as Element, { childList: true, characterData: true, subtree: true });
  });
  return () => page.evaluate(() => (window as unknown as { seen: string[] }).seen);
}

test('a whole interview streams, and the model comments on it', async ({ page, upstream }) => {
  await signedUp(page);
  const room = new Room(page, 'ko');
  await page.goto('/interviews/new');
  await expect(page.getByRole('heading', { name: room.say('words.interviewer_model_named', { model: 'scripted' }) })).toBeVisible();
  const id = await started(page);
  await room.open(id);
  await expect(room.last).toContainText('오늘 면접을 맡은 면접관입니다');

  await upstream.script('natural', { tokenDelay: 40 });
  const growth = await watchGrowth(page);
  const half = halfAnswer(await room.question());
  await room.answer(half);
  await expect(room.last).toContainText('조금 더 설명해 주시겠어요?');
  const steps = (await growth()).filter((text) => text.startsWith('방금'));
  expect(steps.length, `the words come little by little: ${JSON.stringify(steps)}`).toBeGreaterThan(5);
  for (const [place, text] of steps.entries()) {
    if (place > 0) expect(text.startsWith(steps[place - 1]), 'words are added, never taken back').toBe(true);
  }

  await upstream.script('natural');
  for (let position = 0; position < 3; position += 1) {
    while (!(await room.ending.isVisible()) && (await roomOf(page, id)).position === position) {
      await room.answer((await room.question()).modelAnswer);
    }
  }
  await expect(room.ending).toBeVisible();
  await expect(room.feedback).toHaveCount(3);
  await expect(room.feedback.first()).toContainText(room.say('interview.comment_good'));
  await page.getByRole('link', { name: room.say('interview.to_report') }).click();
  await expect(page.locator('.report-question .comment')).toHaveCount(3);
  await expect(page.locator('.report')).toContainText(half);
  // Levels by the rubric, in words: nobody has checked this model yet.
  const ratings = page.locator('.report-question .rating');
  await expect(ratings).toHaveCount(3);
  await expect(ratings.first().locator('.criterion')).toHaveCount(4);
  await expect(ratings.first().locator('.criterion .evidence').first()).toBeVisible();
  await expect(ratings.first()).toContainText(room.say('report.numbers_unchecked'));
  await expect(page.locator('.rating-total')).toHaveCount(0);
  await picture(page, 'model/report');

  // What the candidate said travels in the user role alone.
  for (const { messages } of await upstream.requests()) {
    for (const { role, content } of messages) {
      if (role !== 'user') expect(content).not.toContain(half);
    }
  }
});

test('a turn that fails can be tried again, or goes on with the built-in interviewer', async ({ page, upstream }) => {
  await signedUp(page);
  const room = new Room(page, 'ko');
  const id = await started(page);
  await room.open(id);
  const failed = page.locator('.turn-failed');
  const again = failed.getByRole('button', { name: room.say('interview.retry'), exact: true });
  const builtin = failed.getByRole('button', { name: room.say('interview.retry_builtin') });

  const question = await room.question();
  await upstream.script('status-500');
  await room.field.fill(halfAnswer(question));
  await room.field.press('Enter');
  await expect(again).toBeVisible();
  await expect(builtin).toBeVisible();
  await expect(failed).toContainText(room.say('interview.turn_failed'));
  await expect(room.send).toBeDisabled();
  await picture(page, 'model/failed-turn', false);

  await upstream.script('natural');
  await again.click();
  await expect(room.last).toContainText('조금 더 설명해 주시겠어요?');
  await room.asks(2);
  await expect(failed).toHaveCount(0);

  // The next follow-up breaks off in the middle.
  await upstream.script('error-in-stream');
  await room.field.fill('잘 모르겠습니다.');
  await room.field.press('Enter');
  await expect(builtin).toBeVisible();
  await builtin.click();
  await room.asks(4);
  await expect(failed).toHaveCount(0);
  expect((await roomOf(page, id)).interview.interviewer.kind).toBe('builtin');
  expect(await answersOf(page, id)).toEqual([halfAnswer(question), '잘 모르겠습니다.']);
});

test('the rest of a turn can be had at once', async ({ page, upstream }) => {
  await signedUp(page);
  const room = new Room(page, 'ko');
  await room.open(await started(page));
  const half = halfAnswer(await room.question());
  const before = await upstream.calls();
  await upstream.script('slow');
  await room.field.fill(half);
  await room.field.press('Enter');
  await page.getByRole('button', { name: room.say('interview.stop') }).click();
  await room.asks(2);
  await expect(room.last.locator('.said')).toHaveText(/[.?!]$/);
  await expect.poll(async () => (await upstream.calls()).aborted, 'the model is told to stop').toBe(before.aborted + 1);
  await upstream.script('natural');
  await room.answer(half);
});

test('an interview whose first question fails costs nothing', async ({ page, upstream }) => {
  await signedUp(page);
  const room = new Room(page, 'ko');
  await upstream.script('status-401');
  await page.goto(`/interviews/${await started(page)}`);
  await expect(page.getByRole('heading', { name: room.say('interview.failed') })).toBeVisible();
  await picture(page, 'model/failed-start', false);
  await page.getByRole('link', { name: room.say('interview.start_again') }).click();
  await expect(page.getByText(room.say('setup.allowance', { used: 0, limit: 5 }))).toBeVisible();
  await page.goto('/allowance');
  await expect(page.locator('tbody tr')).toHaveCount(2);
  await expect(page.locator('tbody')).toContainText(room.say('words.entry_refunded'));
});

test('a reload in the middle of a turn goes on where it was', async ({ page, upstream }) => {
  await signedUp(page);
  const room = new Room(page, 'ko');
  const id = await started(page);
  await room.open(id);
  const half = halfAnswer(asked('ko', await room.last.locator('.said').innerText()));
  await upstream.script('natural', { tokenDelay: 400 });
  await room.field.fill(half);
  await room.field.press('Enter');
  await expect(room.speaking).toContainText('방금');
  await room.field.pressSequentially('미리 적어 두는 말');
  await room.alive(() => page.reload());
  await expect(room.speaking, 'the turn still runs').toHaveCount(1);
  await expect(room.field).toHaveValue('미리 적어 두는 말');
  await room.asks(2);
  const view = await roomOf(page, id);
  expect(view.turns).toHaveLength(3);
  await expect(room.last.locator('.said')).toHaveText(view.turns[2].text);
  expect(view.turns[2].text.match(/방금/g)).toHaveLength(1);
});

test('feedback that the model spoils comes from the built-in interviewer, and says so', async ({ page, upstream }) => {
  await signedUp(page);
  const room = new Room(page, 'ko');
  await room.open(await started(page));
  await room.answer((await room.question()).modelAnswer);
  await upstream.script('garbage');
  await room.action('skip').click();
  await room.asks(4);
  await expect(room.feedback).toContainText(room.say('words.model_broken'));
  await expect(room.feedback).toContainText(room.say('interview.judged_instead'));
  await picture(page, 'model/judged-instead', false);
});
