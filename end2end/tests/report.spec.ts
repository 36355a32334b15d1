// The report: the words behind a verdict, holding a point for made, another judgement, and a dispute.
import { alive, expectAccessible, expectNoOverflow, picture } from '../support/checks.ts';
import { signedUp, started } from '../support/people.ts';
import { Room } from '../support/room.ts';
import { DESKTOP, expect, PHONE, test } from '../support/test.ts';
import type { Language } from '../support/texts.ts';

const LOOKS = [
  { language: 'ko', screen: 'phone', size: PHONE },
  { language: 'en', screen: 'phone', size: PHONE },
  { language: 'ko', screen: 'desktop', size: DESKTOP },
  { language: 'en', screen: 'desktop', size: DESKTOP },
] satisfies { language: Language; screen: string; size: object }[];

for (const { language, screen, size } of LOOKS) {
  test.describe(`${language}, ${screen}`, () => {
    test.use({ ...size, locale: language === 'ko' ? 'ko-KR' : 'en-GB' });

    test('a person looks into a judgement and disagrees with it', async ({ page }) => {
      await signedUp(page, language);
      const id = await started(page, { language, mode: 'realistic' });
      const room = new Room(page, language);
      await room.open(id);
      // An answer that makes some points and leaves others out.
      const samples = (await room.question()).samples.filter(({ expect }) => expect.length > 0);
      const half = samples.sort((one, other) => one.expect.length - other.expect.length)[0].text;
      const first = page.locator('[data-kind="question"]');
      while ((await first.count()) < 2) await room.answer(half);
      await room.action('finish').click();
      await page.getByRole('dialog').getByRole('button', { name: room.say('interview.finish_confirm') }).click();
      await expect(room.ending).toBeVisible();
      await page.goto(`/interviews/${id}/report`);
      await alive(page);
      const question = page.locator('.report-question').first();
      const said = question.locator('.said-list');
      await expect(question.locator('.feedback')).toBeVisible();

      // The words behind a verdict.
      const verdict = question.locator('.verdict.shows-words').first();
      await verdict.click();
      await expect(verdict).toHaveAttribute('aria-pressed', 'true');
      await expect(said.locator('mark.active').first()).toBeInViewport();
      const point = question.locator('.point', { has: page.locator('.shows-words') }).first();
      const quote = await point.locator('.evidence').first().innerText();
      expect(quote).toContain((await said.locator('mark.active').first().innerText()).trim());
      await picture(page, `report/words.${language}.${screen}`, false);
      await verdict.click();
      await expect(verdict).toHaveAttribute('aria-pressed', 'false');

      // "I did say this" changes no judgement.
      const band = await question.locator('.feedback-head .band').innerText();
      const hold = question.getByRole('button', { name: room.say('report.override_set') });
      const missing = await hold.count();
      expect(missing).toBeGreaterThan(0);
      await hold.first().click();
      await expect(question.locator('.with-overrides .band')).toBeVisible();
      await expect(hold).toHaveCount(missing - 1);
      expect(await question.locator('.feedback-head .band').innerText()).toBe(band);
      await page.reload();
      await alive(page);
      await expect(question.locator('.with-overrides')).toBeVisible();
      await question.getByRole('button', { name: room.say('report.override_undo') }).click();
      await expect(question.locator('.with-overrides')).toHaveCount(0);

      // Another judgement stands beside the first.
      await question.getByRole('button', { name: room.say('report.assess_again') }).click();
      await expect(question.locator('.assessments thead th')).toHaveCount(2);
      await expect(question.locator('.spread')).toHaveText(room.say('report.no_spread'));

      // An empty dispute is refused where it is empty; one with a reason is answered.
      await question.getByText(room.say('report.dispute'), { exact: true }).click();
      const reason = question.getByLabel(room.say('report.dispute_label'));
      const send = question.getByRole('button', { name: room.say('report.dispute_send') });
      await send.click();
      await expect(reason).toHaveAttribute('aria-invalid', 'true');
      await expect(reason).toBeFocused();
      const words = language === 'ko' ? '마지막 문장에서 이미 설명했습니다.' : 'My last sentence says so already.';
      await reason.fill(words);
      await send.click();
      await expect(question.locator('.dispute blockquote')).toHaveText(words);
      await expect(question.locator('.dispute .reasons li').first()).toBeVisible();
      await expect(question.locator('.assessments thead th')).toHaveCount(3);
      await expectNoOverflow(page);
      await expectAccessible(page);
      await picture(page, `report/disputed.${language}.${screen}`);
    });
  });
}
