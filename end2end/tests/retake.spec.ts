// After a report: the same questions again, and what changed.
import { alive, expectAccessible, expectNoOverflow, picture } from '../support/checks.ts';
import { answer, finished, roomOf, signedUp, spoken, started } from '../support/people.ts';
import { asked } from '../support/bank.ts';
import { DESKTOP, expect, PHONE, test } from '../support/test.ts';
import { texts } from '../support/texts.ts';

for (const [screen, language] of [['phone', 'ko'], ['desktop', 'en']] as const) {
  test.describe(screen, () => {
    test.use({ ...(screen === 'phone' ? PHONE : DESKTOP), locale: language === 'ko' ? 'ko-KR' : 'en-GB' });

    test('an interview is held again with the same questions, and compared', async ({ page }) => {
      const say = texts(language);
      await signedUp(page, language);
      const before = await finished(page, language);
      const questions = (await roomOf(page, before)).turns.filter((turn) => turn.kind === 'question');

      await page.goto(`/interviews/${before}/report`);
      const retake = page.getByRole('region', { name: say('retake.title') });
      await expect(retake.getByRole('link', { name: say('retake.compare') })).toHaveCount(0);
      await retake.getByRole('button', { name: say('retake.same'), exact: true }).click();
      await expect(page).toHaveURL(/\/interviews\/[0-9a-f-]{36}$/);
      const after = page.url().split('/').at(-1) ?? '';
      expect(after).not.toBe(before);

      // All that the bank wants to hear, to every question.
      let view = await spoken(page, after);
      const first = asked(language, view.turns[0].text);
      expect(first).toBe(asked(language, questions[0].text));
      while (view.turns.at(-1)?.kind !== 'closing') {
        const question = view.turns.findLast((turn) => turn.kind === 'question');
        await answer(page, after, view, asked(language, question?.text ?? '').modelAnswer);
        view = await spoken(page, after);
      }
      await page.goto(`/interviews/${after}/report`);
      await page.getByRole('region', { name: say('retake.title') }).getByRole('link', { name: say('retake.compare') }).click();
      await expect(page).toHaveURL(`/interviews/${before}/compare/${after}`);
      await expect(page.getByRole('heading', { level: 1, name: say('retake.compare') })).toBeVisible();
      await expect(page.locator('.sitting')).toHaveCount(2);
      // All three were asked the first time, and two of them left unanswered.
      await expect(page.locator('.report-question')).toHaveCount(3);
      await expect(page.locator('[data-progress="gained"]').first()).toBeVisible();
      await expect(page.locator('[data-progress="lost"]')).toHaveCount(0);
      const answers = page.locator('.both-answers').first();
      await answers.locator('summary').click();
      await expect(answers.getByText(first.modelAnswer.slice(0, 20)).first()).toBeVisible();
      await expectNoOverflow(page);
      await expectAccessible(page);
      await picture(page, `retake/${language}-compare`);
    });
  });
}

test('one question of a report is asked again alone', async ({ page }) => {
  const say = texts('ko');
  await signedUp(page);
  const before = await finished(page, 'ko');
  const questions = (await roomOf(page, before)).turns.filter((turn) => turn.kind === 'question');
  await page.goto(`/interviews/${before}/report`);
  const second = page.locator('.report-question').nth(1);
  await second.getByRole('button', { name: say('retake.question'), exact: true }).click();
  await expect(page).toHaveURL(/\/interviews\/[0-9a-f-]{36}$/);
  const view = await spoken(page, page.url().split('/').at(-1) ?? '');
  expect(asked('ko', view.turns[0].text)).toBe(asked('ko', questions[1].text));
  await expect(page.getByText(say('interview.progress', { n: 1, all: 1 })).first()).toBeVisible();
});

test('a used-up allowance is told at the button', async ({ page }) => {
  const say = texts('ko');
  await signedUp(page);
  const id = await finished(page, 'ko');
  for (let count = 1; count < 5; count += 1) await started(page);
  await page.goto(`/interviews/${id}/report`);
  const retake = page.getByRole('region', { name: say('retake.title') });
  await retake.getByRole('button', { name: say('retake.new'), exact: true }).click();
  await expect(retake.getByText(say('words.quota_reached'))).toBeVisible();
  await expect(page).toHaveURL(`/interviews/${id}/report`);
});

for (const [screen, language] of [['phone', 'ko'], ['desktop', 'en']] as const) {
  test.describe(`the history, ${screen}`, () => {
    test.use({ ...(screen === 'phone' ? PHONE : DESKTOP), locale: language === 'ko' ? 'ko-KR' : 'en-GB' });

    test('a finished interview is held again from its row', async ({ page }) => {
      const say = texts(language);
      await signedUp(page, language);
      const before = await finished(page, language);
      await started(page, { language });
      await page.goto('/interviews');
      await alive(page);
      const rows = page.locator('.history-row');
      await expect(rows).toHaveCount(2);
      // One that goes on is gone on with.
      await expect(rows.first().getByRole('button')).toHaveCount(1);
      await expectNoOverflow(page);
      await expectAccessible(page);
      await picture(page, `retake/${language}-history`);
      await rows.nth(1).getByRole('button', { name: new RegExp(`^${say('retake.title')}`) }).click();
      const dialog = page.getByRole('dialog', { name: say('retake.title') });
      await expect(dialog.getByText(say('retake.cost'))).toBeVisible();
      await expectAccessible(page);
      await picture(page, `retake/${language}-history-dialog`);
      await dialog.getByRole('button', { name: say('ui.cancel'), exact: true }).click();
      await expect(dialog).toBeHidden();
      await rows.nth(1).getByRole('button', { name: new RegExp(`^${say('retake.title')}`) }).click();
      await dialog.getByRole('button', { name: say('retake.same'), exact: true }).click();
      await expect(page).toHaveURL(/\/interviews\/[0-9a-f-]{36}$/);
      const after = page.url().split('/').at(-1) ?? '';
      const [then, now] = [await roomOf(page, before), await spoken(page, after)];
      expect(asked(language, now.turns[0].text)).toBe(asked(language, then.turns[0].text));
    });
  });
}
