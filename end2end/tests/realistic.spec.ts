// Realistic mode, and finishing early.
import { halfAnswer } from '../support/bank.ts';
import { roomOf, signedUp, started } from '../support/people.ts';
import { Room } from '../support/room.ts';
import { expect, test } from '../support/test.ts';

test('a realistic interview shows no feedback before its end, and all of it in the report', async ({ page }) => {
  await signedUp(page);
  const id = await started(page, { mode: 'realistic', field: 'backend' });
  const room = new Room(page, 'ko');
  await room.open(id);
  // One answer is left half, one is as good as can be, one question is left after a follow-up.
  await room.answer(halfAnswer(await room.question()));
  for (let position = 0; position < 3; position += 1) {
    while (!(await room.ending.isVisible()) && (await roomOf(page, id)).position === position) {
      await room.answer((await room.question()).modelAnswer);
    }
  }
  await expect(room.ending).toBeVisible();
  await expect(room.feedback).toHaveCount(0);

  await page.getByRole('link', { name: room.say('interview.to_report') }).click();
  await expect(page.locator('.report-question')).toHaveCount(3);
  // Feedback that is still being written appears by itself.
  await expect(page.locator('.report-question .feedback')).toHaveCount(3);
  await expect(page.locator('.summary .band')).not.toHaveAttribute('data-band', 'unjudged');
});

test('an interview that is finished early reports what was answered', async ({ page }) => {
  await signedUp(page);
  const room = new Room(page, 'ko');
  await room.open(await started(page, { mode: 'realistic', field: 'frontend', questions: 4 }));
  await room.answer((await room.question()).modelAnswer);

  await room.action('finish').click();
  const dialog = page.getByRole('dialog', { name: room.say('interview.finish_title') });
  await dialog.getByRole('button', { name: room.say('interview.go_on') }).click();
  await expect(dialog).toBeHidden();
  await expect(room.field).toBeVisible();

  await room.action('finish').click();
  await dialog.getByRole('button', { name: room.say('interview.finish_confirm') }).click();
  await expect(room.ending).toBeVisible();
  await page.getByRole('link', { name: room.say('interview.to_report') }).click();
  await expect(page.locator('.report-question')).toHaveCount(1);
  const unasked = page.locator('.figures > div').filter({ hasText: room.say('report.unasked') });
  await expect(unasked).toContainText('3');
});

test('the report of a running interview leads back to the room', async ({ page, troubles }) => {
  // The page itself: there is no report yet.
  troubles.expect(/\b409\b/);
  await signedUp(page);
  const id = await started(page);
  await page.goto(`/interviews/${id}/report`);
  const room = new Room(page, 'ko');
  await expect(page.getByRole('heading', { name: room.say('report.not_finished') })).toBeVisible();
  await page.getByRole('link', { name: room.say('report.to_room') }).click();
  await expect(page).toHaveURL(`/interviews/${id}`);
  await room.asks(0);
});
