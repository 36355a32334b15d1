// Today's question: another one, an answer, and the way back to it.
import { expectAccessible, expectNoOverflow, picture } from '../support/checks.ts';
import { act, signedUp, spoken } from '../support/people.ts';
import { expect, PHONE, test } from '../support/test.ts';
import { texts } from '../support/texts.ts';

test.use({ ...PHONE, locale: 'ko-KR' });

test("today's question is swapped, answered and remembered", async ({ page }) => {
  const say = texts('ko');
  await signedUp(page);
  await page.goto('/interviews/new');
  const card = page.locator('.today');
  const question = card.locator('.today-question');
  const swap = (left: number) => card.getByRole('button', { name: say('today.swap', { n: left }), exact: true });
  await expect(card.getByText(say('today.title'))).toBeVisible();
  await picture(page, 'today/ko-folded', false);
  await card.locator('summary').click();
  await expect(card.getByText(say('today.cost'))).toBeVisible();
  await expectNoOverflow(page);
  await expectAccessible(page);
  await picture(page, 'today/ko-open', false);

  const seen = [await question.innerText()];
  for (const left of [3, 2, 1]) {
    await swap(left).click();
    await expect(question).not.toHaveText(seen.at(-1) ?? '');
    seen.push(await question.innerText());
  }
  expect(new Set(seen).size).toBe(4);
  await expect(card.getByRole('button')).toHaveCount(1);
  await page.reload();
  await expect(question).toHaveText(seen[3]);

  await card.locator('summary').click();
  await card.getByRole('button', { name: say('today.answer'), exact: true }).click();
  await expect(page).toHaveURL(/\/interviews\/[0-9a-f-]{36}$/);
  const id = page.url().split('/').at(-1) ?? '';
  const view = await spoken(page, id);
  expect(view.turns[0].text).toContain(seen[3]);

  await page.goto('/interviews/new');
  await card.locator('summary').click();
  await expect(card.getByRole('link', { name: say('today.to_room'), exact: true })).toHaveAttribute('href', `/interviews/${id}`);
  await act(page, id, view, 'skip');
  await spoken(page, id);
  await page.reload();
  await card.locator('summary').click();
  await card.getByRole('link', { name: say('today.to_report'), exact: true }).click();
  await expect(page).toHaveURL(`/interviews/${id}/report`);
  await expect(page.locator('.report-question')).toHaveCount(1);
});
