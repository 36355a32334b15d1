// An administrator reads what the model is called for, and tries it; without a model the page says so.
import { alive, expectAccessible, expectNoKorean, expectNoOverflow, expectReadable, picture } from '../support/checks.ts';
import { signedUp, spoken, started } from '../support/people.ts';
import { DESKTOP, expect, loneTest, modelTest, PHONE } from '../support/test.ts';
import { texts, type Language } from '../support/texts.ts';

const SCREENS = [
  { language: 'ko', screen: PHONE, locale: 'ko-KR' },
  { language: 'en', screen: DESKTOP, locale: 'en-GB' },
] as const satisfies { language: Language; screen: object; locale: string }[];

for (const { language, screen, locale } of SCREENS) {
  const say = texts(language);

  modelTest.describe(`in ${language}`, () => {
    modelTest.use({ ...screen, locale });

    modelTest('an administrator reads the calls and tries the model', async ({ page, daedap, upstream }) => {
      await upstream.script('natural');
      const person = await signedUp(page, language);
      await daedap.command('user', 'create-admin', '--username', person.username);
      await spoken(page, await started(page, { language }));

      await modelTest.step('the page shows the model, and the calls of today', async () => {
        await page.goto('/admin/usage');
        await alive(page);
        await expect(page.getByRole('heading', { level: 1, name: say('usage.title') })).toBeVisible();
        const facts = page.locator('.usage-facts');
        await expect(facts).toContainText('scripted');
        await expect(facts).toContainText('127.0.0.1');
        await expect(facts).toContainText(say('usage.no_price'));
        await expect(page.locator('.bars')).toHaveCount(3);
        await expect(page.getByText(say('usage.prices_hint'))).toBeVisible();
        const rows = page.getByRole('region', { name: say('usage.by_purpose'), exact: true }).locator('tbody tr');
        await expect(rows.first()).toContainText(say('usage.purpose_speak'));
      });

      await modelTest.step('trying it tells that it answers, and counts', async () => {
        const press = page.getByRole('button', { name: say('usage.try_now'), exact: true });
        await press.click();
        await expect(page.locator('.trial')).toHaveText(new RegExp(say('usage.trial_answered', { n: '[\\d.]+' })));
        const trials = page.locator('tr', { hasText: say('usage.purpose_trial') });
        await expect(async () => {
          await page.reload();
          await expect(trials).toHaveCount(1, { timeout: 1_000 });
        }).toPass();
        await alive(page);
        await upstream.script('status-401', { once: true });
        await press.click();
        await expect(page.locator('.trial')).toContainText(say('usage.key_refused'));
      });

      await modelTest.step('the arrow keys go from day to day', async () => {
        const chart = page.locator('.bars').first();
        const readout = chart.locator('.readout');
        const today = await readout.innerText();
        await chart.locator('.day.shown').focus();
        await page.keyboard.press('ArrowLeft');
        await expect(readout).not.toHaveText(today);
        await expect(chart.locator('[data-place="28"]')).toBeFocused();
        await page.keyboard.press('Home');
        await expect(chart.locator('[data-place="0"]')).toBeFocused();
        await page.keyboard.press('End');
        await expect(readout).toHaveText(today);
      });

      await modelTest.step('another period stands in the address', async () => {
        await page.getByRole('link', { name: say('usage.last_days', { n: 90 }), exact: true }).click();
        await expect(page).toHaveURL('/admin/usage?days=90');
        await expect(page.locator('.bars').first().locator('.day')).toHaveCount(90);
        await page.getByText(say('usage.as_table')).click();
        await expect(page.locator('details.values tbody tr')).toHaveCount(90);
        await page.getByText(say('usage.as_table')).click();
        await page.getByRole('link', { name: say('usage.last_days', { n: 7 }), exact: true }).click();
        await expect(page.locator('.bars').first().locator('.day')).toHaveCount(7);
      });

      await expectAccessible(page);
      if (language === 'en') await expectNoKorean(page);
      for (const [name, { viewport }] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
        await page.setViewportSize(viewport);
        await expectNoOverflow(page);
        await picture(page, `usage/${language}-${name}`);
      }
      await page.emulateMedia({ colorScheme: 'dark' });
      await expectReadable(page);
      await picture(page, `usage/${language}-dark`);
    });
  });

  loneTest.describe(`without a model in ${language}`, () => {
    loneTest.use({ ...screen, locale });

    loneTest('the page says that there is no model, and shows nothing else', async ({ page, lone, troubles }) => {
      troubles.expect(/\b403\b/);
      const person = await signedUp(page, language);
      expect((await page.goto('/admin/usage'))?.status(), 'a member is refused').toBe(403);
      await lone.command('user', 'create-admin', '--username', person.username);
      await page.goto('/admin/usage');
      await alive(page);
      await expect(page.getByText(say('usage.no_model'))).toBeVisible();
      await expect(page.getByText(say('usage.empty'))).toBeVisible();
      await expect(page.locator('.bars, .usage-facts')).toHaveCount(0);
      await expect(page.getByRole('button', { name: say('usage.try_now') })).toHaveCount(0);
      await expectNoOverflow(page);
      await expectAccessible(page);
      await picture(page, `usage/${language}-no-model`);
    });
  });
}
