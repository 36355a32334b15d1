// A person takes everything along, brings it into another account, chooses how long it is kept, and leaves with a receipt.
import { readFileSync } from 'node:fs';
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

    test('everything is taken along, brought back and deleted', async ({ page, browser, baseURL, troubles }, info) => {
      // Files that cannot be imported, and the page of somebody who has left.
      troubles.expect(/\b415\b/, /\b422\b/);
      test.setTimeout(180_000);
      const person = await signedUp(page, language);
      const id = await finished(page, language);
      const [answer] = await answersOf(page, id);
      await page.goto('/profile');
      await alive(page);
      await page.getByRole('link', { name: say('accounts.to_data') }).click();
      await expect(page).toHaveURL('/profile/data');
      await expect(page.getByRole('heading', { level: 1, name: say('takeout.title') })).toBeVisible();

      const zip = info.outputPath('daedap.zip');
      await test.step('export', async () => {
        await alive(page);
        const downloading = page.waitForEvent('download');
        await page.getByRole('link', { name: say('takeout.export'), exact: true }).click();
        const download = await downloading;
        expect(download.suggestedFilename()).toMatch(/^daedap-\d{4}-\d\d-\d\d\.zip$/);
        await download.saveAs(zip);
        expect(readFileSync(zip).subarray(0, 2).toString()).toBe('PK');
      });

      await test.step('the page, on both screens', async () => {
        for (const [name, { viewport }] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
          await page.setViewportSize(viewport!);
          await expectNoOverflow(page);
          await picture(page, `my-data/${language}-${name}`);
        }
        await page.setViewportSize(screen.viewport!);
        await expectAccessible(page);
        if (language === 'en') await expectNoKorean(page);
        await page.emulateMedia({ colorScheme: 'dark' });
        await expectReadable(page);
        await page.emulateMedia({ colorScheme: 'light' });
      });

      await test.step('how long interviews are kept', async () => {
        const section = page.getByRole('region', { name: say('retention.title') });
        await section.getByText(say('retention.days', { n: 30 }), { exact: true }).click();
        await expect(section.locator('.retention-effect')).toContainText(say('retention.strikes_none'));
        await section.getByRole('button', { name: say('retention.save'), exact: true }).click();
        await expect(section.getByRole('status')).toHaveText(say('retention.saved'));
        await page.reload();
        await alive(page);
        await expect(section.getByRole('radio', { name: say('retention.days', { n: 30 }) })).toBeChecked();
      });

      const elsewhere = await browser.newContext({ ...screen, locale, baseURL });
      troubles.watch(elsewhere);
      const second = await elsewhere.newPage();

      await test.step('import into another account', async () => {
        await signedUp(second, language);
        await second.goto('/profile/data');
        await alive(second);
        const section = second.getByRole('region', { name: say('takeout.import_heading'), exact: true });
        const file = section.getByLabel(say('takeout.file'), { exact: true });
        await file.setInputFiles({ name: 'notes.zip', mimeType: 'application/zip', buffer: Buffer.from('no ZIP') });
        await expect(section.getByRole('alert')).toHaveText(say('words.file_not_zip'));
        const cut = readFileSync(zip).subarray(0, 500);
        await file.setInputFiles({ name: 'cut.zip', mimeType: 'application/zip', buffer: cut });
        await expect(section.getByRole('alert')).toHaveText(say('words.file_damaged'));
        await file.setInputFiles(zip);
        await expect(section.getByRole('heading', { name: say('takeout.looked') })).toBeVisible();
        await expect(section).toContainText(say('takeout.from_other', { name: person.username }));
        const row = section.getByRole('row').filter({ hasText: say('takeout.interviews') });
        await expect(row.getByRole('cell')).toHaveText([say('takeout.interviews'), '1', '0']);
        await expectNoOverflow(second);
        await expectAccessible(second);
        await picture(second, `my-data/${language}-preview`);
        await section.getByRole('button', { name: say('takeout.import'), exact: true }).click();
        await expect(section.getByRole('heading', { name: say('takeout.done') })).toBeVisible();
        await picture(second, `my-data/${language}-imported`);
        await section.getByRole('link', { name: say('takeout.to_history') }).click();
        await second.locator('a[href$="/report"]').first().click();
        await expect(second.locator('.report')).toContainText(answer.split('\n')[0]);
        // The same file again brings nothing.
        await second.goto('/profile/data');
        await alive(second);
        await file.setInputFiles(zip);
        await expect(section.getByText(say('takeout.nothing_new'))).toBeVisible();
      });
      await elsewhere.close();

      await test.step('delete, and keep the receipt', async () => {
        await page.getByRole('link', { name: say('takeout.to_delete') }).click();
        await page.getByRole('button', { name: say('accounts.delete_open') }).click();
        const dialog = page.getByRole('dialog', { name: say('accounts.delete_title') });
        await expect(dialog.locator('.holdings')).toContainText(say('takeout.interviews'));
        await picture(page, `my-data/${language}-delete`, false);
        await dialog.getByLabel(say('accounts.password')).fill(person.password);
        await dialog.getByRole('button', { name: say('accounts.delete'), exact: true }).click();
        await expect(page).toHaveURL(/\/receipts\/[0-9a-f-]{36}$/);
        await alive(page);
        await expect(page.getByRole('heading', { level: 1, name: say('receipts.title') })).toBeVisible();
        await expect(page.locator('main')).not.toContainText(person.username);
        await expectNoOverflow(page);
        await expectAccessible(page);
        await picture(page, `my-data/${language}-receipt`);
        const downloading = page.waitForEvent('download');
        await page.getByRole('link', { name: say('receipts.download') }).click();
        const path = await (await downloading).path();
        const receipt = JSON.parse(readFileSync(path, 'utf8')) as { deleted: { interviews: number } };
        expect(receipt.deleted.interviews).toBe(1);
      });

      await test.step('the privacy page', async () => {
        await page.getByRole('contentinfo').getByRole('link', { name: say('ui.privacy') }).click();
        await expect(page.getByRole('heading', { level: 1, name: say('privacy.title') })).toBeVisible();
        // Public profiles are looked up unless that is switched off; without a model nothing else is sent.
        await expect(page.locator('main')).toContainText(say('privacy.github_text'));
        for (const [name, { viewport }] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
          await page.setViewportSize(viewport!);
          await expectNoOverflow(page);
          await picture(page, `my-data/${language}-privacy-${name}`);
        }
        await expectAccessible(page);
        if (language === 'en') await expectNoKorean(page);
      });
    });
  });
}
