// A report is shared by a link, read by somebody without an account, and taken back.
import { alive, expectAccessible, expectNoKorean, expectNoOverflow, expectReadable, picture } from '../support/checks.ts';
import { answersOf, finished, signedUp } from '../support/people.ts';
import { DESKTOP, expect, PHONE, test } from '../support/test.ts';
import { texts, type Language } from '../support/texts.ts';

const SCREENS = [
  { language: 'ko', screen: PHONE, locale: 'ko-KR' },
  { language: 'en', screen: DESKTOP, locale: 'en-GB' },
] as const satisfies { language: Language; screen: object; locale: string }[];

for (const { language, screen, locale } of SCREENS) {
  const say = texts(language);

  test.describe(`in ${language}`, () => {
    test.use({ ...screen, locale });

    test('a report is shared, read by a guest and taken back', async ({ page, browser, baseURL, troubles }) => {
      troubles.expect(/\b404\b/);
      const person = await signedUp(page, language);
      const id = await finished(page, language);
      const [answer] = await answersOf(page, id);
      await page.goto(`/interviews/${id}/report`);
      await alive(page);
      const section = page.locator('section.share');
      const button = (key: string) => section.getByRole('button', { name: say(key), exact: true });
      await expect(section.getByText(say('share.none'))).toBeVisible();

      await test.step('a link without the name', async () => {
        await expect(section.getByRole('radio', { name: say('share.more_days', { n: 7 }) })).toBeChecked();
        await button('share.create').click();
        await expect(page.getByLabel(say('share.link'), { exact: true })).toBeFocused();
        await expect(section.locator('.share-list li')).toHaveCount(1);
        await expect(section.locator('.share-list')).toContainText(say('share.nameless'));
        await button('share.copy').click();
        await expect(section.getByRole('status')).toHaveText(say('share.copied'));
        await expectNoOverflow(page);
        await expectAccessible(page);
        await picture(page, `share/${language}-section`);
        await page.emulateMedia({ colorScheme: 'dark' });
        await expectReadable(page);
        await page.emulateMedia({ colorScheme: 'light' });
      });
      const link = await page.getByLabel(say('share.link'), { exact: true }).inputValue();
      expect(link).toMatch(/^http:\/\/[^/]+\/share\/[0-9a-f]{64}$/);

      const guest = await browser.newContext({ ...screen, locale, baseURL });
      troubles.watch(guest);
      const reader = await guest.newPage();

      await test.step('a guest reads the same report and nothing else', async () => {
        const reply = await reader.goto(link);
        expect(reply?.status()).toBe(200);
        expect(reply?.headers()['referrer-policy']).toBe('no-referrer');
        await alive(reader);
        await expect(reader.locator('meta[name="robots"]')).toHaveAttribute('content', 'noindex');
        await expect(reader.locator('.shared-note')).toContainText(say('share.shared_without_name'));
        await expect(reader.locator('.shared-note')).toContainText('Asia/Seoul');
        await expect(reader.locator('.report')).toContainText(answer.split('\n')[0]);
        await expect(reader.locator('.report-question mark').first()).toBeVisible();
        await expect(reader.locator('main')).not.toContainText(person.username);
        await expect(reader.locator('a[href*="/interviews"], section.share, .take-away')).toHaveCount(0);
        await expectAccessible(reader);
        if (language === 'en') await expectNoKorean(reader);
        for (const [name, { viewport }] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
          await reader.setViewportSize(viewport);
          await expectNoOverflow(reader);
          await picture(reader, `share/${language}-shared-${name}`);
        }
      });

      await test.step('a link with the name', async () => {
        await section.getByRole('checkbox', { name: say('share.with_name') }).check();
        await button('share.create').click();
        await expect(section.locator('.share-list li')).toHaveCount(2);
        const named = await page.getByLabel(say('share.link'), { exact: true }).inputValue();
        expect(named).not.toBe(link);
        await reader.goto(named);
        await expect(reader.locator('.shared-note')).toContainText(say('share.shared_by', { name: person.username }));
      });

      await test.step('the first link is taken back', async () => {
        await page.reload();
        await alive(page);
        await expect(section.locator('.share-list li')).toHaveCount(2);
        await expect(page.getByLabel(say('share.link'), { exact: true })).toHaveCount(0);
        const first = section.locator('.share-list li').filter({ hasText: say('share.nameless') });
        await first.getByRole('button').click();
        const dialog = page.getByRole('dialog', { name: say('share.revoke_title') });
        await expect(dialog).toBeVisible();
        await picture(page, `share/${language}-revoke`, false);
        await dialog.getByRole('button', { name: say('share.revoke'), exact: true }).click();
        await expect(dialog).toBeHidden();
        await expect(section.locator('.share-list li')).toHaveCount(1);
        const reply = await reader.goto(link);
        expect(reply?.status()).toBe(404);
        await expect(reader.getByRole('heading', { name: say('ui.not_found_title') })).toBeVisible();
      });
      await guest.close();
    });
  });
}
