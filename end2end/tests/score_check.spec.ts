// An administrator checks the scorer; nobody else finds the page.
import { alive, expectAccessible, expectNoKorean, expectNoOverflow, expectReadable, picture } from '../support/checks.ts';
import { signedUp } from '../support/people.ts';
import { DESKTOP, expect, loneTest as test, PHONE } from '../support/test.ts';
import { texts, type Language } from '../support/texts.ts';

const SCREENS = [
  { language: 'ko', screen: PHONE, locale: 'ko-KR' },
  { language: 'en', screen: DESKTOP, locale: 'en-GB' },
] as const satisfies { language: Language; screen: object; locale: string }[];

for (const { language, screen, locale } of SCREENS) {
  const say = texts(language);

  test.describe(`in ${language}`, () => {
    test.use({ ...screen, locale });

    test('an administrator runs the check and reads its figures', async ({ page, lone, troubles }) => {
      troubles.expect(/\b403\b/);
      test.setTimeout(240_000);
      const person = await signedUp(page, language);

      await test.step('a member is refused', async () => {
        const reply = await page.goto('/admin/score-check');
        expect(reply?.status()).toBe(403);
        await expect(page.getByRole('heading', { name: say('ui.forbidden_title') })).toBeVisible();
        await expect(page.locator('a[href="/admin/score-check"]')).toHaveCount(0);
      });

      await test.step('the menu leads an administrator there', async () => {
        await lone.command('user', 'create-admin', '--username', person.username);
        await page.goto('/profile');
        await alive(page);
        const phone = language === 'ko';
        if (phone) await page.getByRole('button', { name: say('ui.menu') }).click();
        const menu = page.locator(phone ? '#menu' : '.site-header .wide');
        await menu.getByRole('link', { name: say('ui.nav_admin'), exact: true }).click();
        await expect(page).toHaveURL('/admin/users');
        const pages = page.getByRole('navigation', { name: say('admin.nav') });
        await pages.getByRole('link', { name: say('ui.nav_score_check'), exact: true }).click();
        await expect(page).toHaveURL('/admin/score-check');
        await expect(page.getByRole('heading', { level: 1, name: say('score_check.title') })).toBeVisible();
        await expect(page.getByText(say('score_check.never'))).toBeVisible();
        await expect(page.getByText(say('score_check.cost_builtin'))).toBeVisible();
        await picture(page, `score_check/${language}-never`);
      });

      await test.step('a run is stopped, and nothing of it is kept', async () => {
        const run = page.getByRole('button', { name: say('score_check.run'), exact: true });
        await run.click();
        const stop = page.getByRole('button', { name: say('score_check.stop'), exact: true });
        await expect(stop).toBeVisible();
        await picture(page, `score_check/${language}-running`);
        await stop.click();
        await expect(run).toBeEnabled({ timeout: 20_000 });
        await expect(stop).toHaveCount(0);
        await expect(page.getByText(say('score_check.never'))).toBeVisible();
      });

      await test.step('a run goes on while the page is left', async () => {
        await page.getByRole('button', { name: say('score_check.run'), exact: true }).click();
        await expect(page.getByText(say('score_check.may_leave'))).toBeVisible();
        await page.goto('/profile');
        await page.goto('/admin/score-check');
        const rows = page.locator('.score-check tbody').first().locator('tr');
        await expect(rows.first()).toContainText(say('score_check.point_precision'), { timeout: 180_000 });
        await expect(rows.first()).toContainText(say('score_check.met'));
        await expect(page.getByText(say('score_check.missed'), { exact: true })).toHaveCount(0);
        await expect(page.getByText(say('score_check.why_builtin'))).toBeVisible();
        await expect(page.getByRole('button', { name: say('score_check.run'), exact: true })).toBeEnabled();
        await expectAccessible(page);
        if (language === 'en') await expectNoKorean(page);
        for (const [name, { viewport }] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
          await page.setViewportSize(viewport);
          await expectNoOverflow(page);
          await picture(page, `score_check/${language}-figures-${name}`);
        }
        await page.emulateMedia({ colorScheme: 'dark' });
        await expectReadable(page);
        await picture(page, `score_check/${language}-figures-dark`);
      });
    });
  });
}
