// A résumé is read from a file, put right, kept, changed and deleted; a cover letter of a file becomes items.
import { alive, expectAccessible, expectNoKorean, expectNoOverflow, expectReadable, picture } from '../support/checks.ts';
import { pdf } from '../support/files.ts';
import { signedUp } from '../support/people.ts';
import { DESKTOP, expect, PHONE, test } from '../support/test.ts';
import { texts, type Language } from '../support/texts.ts';

const SCREENS = [
  { language: 'ko', screen: PHONE, locale: 'ko-KR' },
  { language: 'en', screen: DESKTOP, locale: 'en-GB' },
] as const satisfies { language: Language; screen: object; locale: string }[];

const RESUME = ['Mina Kim, backend engineer', 'I ran the payment API for three years.', 'I cut its latency by 40 %.'];
const LETTER = {
  ko: '자기소개서\n\n1. 지원동기를 서술하십시오. (500자 이내)\n저는 결제가 좋습니다.\n\n2. 실패한 경험은 무엇입니까?\n배포를 망쳤습니다.',
  en: 'Letter\n\n1. Why us? (up to 500 characters)\nI like payments.\n\n2. When did you fail?\nI broke a release.',
};

for (const { language, screen, locale } of SCREENS) {
  const say = texts(language);

  test.describe(`in ${language}`, () => {
    test.use({ ...screen, locale });

    test('a resume is read from a file, put right, kept and deleted', async ({ page, context, troubles }) => {
      // A file that cannot be read, one that is given up, and the page of what was deleted.
      troubles.expect(/\b415\b/, /\b404\b/, /ERR_ABORTED/);
      await signedUp(page, language);
      await page.goto('/documents');
      await alive(page);
      const file = page.getByLabel(say('documents.file'), { exact: true });
      const title = page.getByLabel(say('documents.name'), { exact: true });
      const text = page.getByLabel(say('documents.text'), { exact: true });
      await expect(page.getByText(say('documents.none'))).toBeVisible();
      await page.getByRole('link', { name: say('documents.to_form'), exact: true }).click();
      await expect(page.getByRole('heading', { name: say('documents.new_heading') })).toBeInViewport();

      await test.step('the empty page, on both screens', async () => {
        for (const [name, { viewport }] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
          await page.setViewportSize(viewport!);
          await expectNoOverflow(page);
          await picture(page, `documents/${language}-empty-${name}`);
        }
        await page.setViewportSize(screen.viewport!);
        await expectAccessible(page);
        if (language === 'en') await expectNoKorean(page);
      });

      await test.step('a file that is none', async () => {
        await file.setInputFiles({ name: 'photo.pdf', mimeType: 'application/pdf', buffer: Buffer.from('\x89PNG\r\n\x1a\n\0\0', 'latin1') });
        await expect(page.getByRole('alert').filter({ hasText: say('documents.fault_wrong_kind') })).toBeVisible();
        await picture(page, `documents/${language}-wrong-kind`, false);
      });

      await test.step('a file that is given up', async () => {
        // It never arrives.
        await page.route('**/documents/parse', () => {});
        await file.setInputFiles({ name: 'resume.pdf', mimeType: 'application/pdf', buffer: pdf(RESUME) });
        const cancel = page.locator('.file-stage').getByRole('button', { name: say('ui.cancel') });
        await cancel.click();
        await expect(cancel).toBeHidden();
        await expect(file).toBeFocused();
        await expect(text).toHaveValue('');
        await page.unroute('**/documents/parse');
      });

      await test.step('a file that is read', async () => {
        await file.setInputFiles({ name: 'resume.pdf', mimeType: 'application/pdf', buffer: pdf(RESUME) });
        await expect(text).toHaveValue(RESUME.join('\n'));
        await expect(title).toHaveValue('resume');
        await expect(page.locator('.file-stage')).toContainText('resume');
        await expectNoOverflow(page);
        await picture(page, `documents/${language}-read`);
      });

      await test.step('nothing typed is lost by leaving', async () => {
        await title.fill('Mina 2026');
        await title.blur();
        await page.reload();
        await alive(page);
        await expect(title).toHaveValue('Mina 2026');
        await expect(text).toHaveValue(RESUME.join('\n'));
      });

      await test.step('another tab keeps what it has apart', async () => {
        const other = await context.newPage();
        await other.goto('/documents');
        await alive(other);
        const otherTitle = other.getByLabel(say('documents.name'), { exact: true });
        await expect(otherTitle).toHaveValue('');
        await expect(other.getByText(say('documents.elsewhere', { name: 'Mina 2026' }))).toBeVisible();
        await expectNoOverflow(other);
        await otherTitle.fill('Second tab');
        await otherTitle.blur();
        await other.reload();
        await alive(other);
        await expect(otherTitle).toHaveValue('Second tab');
        await other.close();
        await page.reload();
        await alive(page);
        await expect(title).toHaveValue('Mina 2026');
        await expect(text).toHaveValue(RESUME.join('\n'));
        const left = page.getByText(say('documents.elsewhere', { name: 'Second tab' }));
        await expect(left).toBeVisible();
        await expectAccessible(page);
        await picture(page, `documents/${language}-elsewhere`, false);
        await page.getByRole('button', { name: say('documents.drop_elsewhere'), exact: true }).click();
        await expect(left).toBeHidden();
      });

      await test.step('it is kept', async () => {
        await page.getByRole('button', { name: say('documents.keep'), exact: true }).click();
        await expect(page).toHaveURL(/\/documents\/[0-9a-f-]{36}$/);
        await alive(page);
        await expect(page.getByRole('heading', { level: 1, name: 'Mina 2026' })).toBeVisible();
        await expect(text).toHaveValue(RESUME.join('\n'));
        for (const [name, { viewport }] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
          await page.setViewportSize(viewport!);
          await expectNoOverflow(page);
          await picture(page, `documents/${language}-document-${name}`);
        }
        await page.setViewportSize(screen.viewport!);
        await expectAccessible(page);
        await page.emulateMedia({ colorScheme: 'dark' });
        await expectReadable(page);
        await page.emulateMedia({ colorScheme: 'light' });
      });

      await test.step('two pages overwrite each other only when asked', async () => {
        const other = await context.newPage();
        await other.goto(page.url());
        await alive(other);
        await other.getByLabel(say('documents.name'), { exact: true }).fill('Elsewhere');
        await other.getByRole('button', { name: say('documents.save'), exact: true }).click();
        await expect(other.getByRole('status').filter({ hasText: say('documents.saved') })).toBeVisible();
        await other.close();
        await title.fill('Here');
        await title.blur();
        await expect(page.getByText(say('documents.unsaved'))).toBeVisible();
        const save = page.getByRole('button', { name: say('documents.save'), exact: true });
        await save.click();
        const told = page.getByRole('alert').filter({ hasText: say('documents.changed_elsewhere') });
        await expect(told).toBeVisible();
        await told.getByText(say('documents.show_other')).click();
        await expect(told).toContainText('Elsewhere');
        await expectAccessible(page);
        await picture(page, `documents/${language}-changed-elsewhere`);
        await save.click();
        await expect(page.getByRole('status').filter({ hasText: say('documents.saved') })).toBeVisible();
        await page.goto('/documents');
        await expect(page.getByRole('link', { name: 'Here', exact: true })).toBeVisible();
      });

      await test.step('it becomes an interview', async () => {
        await page.getByRole('link', { name: 'Here', exact: true }).click();
        await expect(page).toHaveURL(/\/documents\/[0-9a-f-]{36}$/);
        const id = new URL(page.url()).pathname.split('/').at(-1);
        await page.getByRole('link', { name: say('documents.resume_to_interview'), exact: true }).click();
        await expect(page).toHaveURL(`/interviews/new?document=${id}`);
        await alive(page);
        await expect(page.locator('.material-choice').getByRole('checkbox', { name: 'Here' })).toBeChecked();
        await page.goto('/documents');
      });

      await test.step('the list, on both screens', async () => {
        await alive(page);
        for (const [name, { viewport }] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
          await page.setViewportSize(viewport!);
          await expectNoOverflow(page);
          await picture(page, `documents/${language}-list-${name}`);
        }
        await page.setViewportSize(screen.viewport!);
      });

      await test.step('it is deleted', async () => {
        const address = await page.getByRole('link', { name: 'Here', exact: true }).getAttribute('href');
        await page.getByRole('button', { name: `${say('documents.delete')}: Here`, exact: true }).click();
        const dialog = page.getByRole('dialog', { name: say('documents.delete_title') });
        await expect(dialog).toBeVisible();
        await picture(page, `documents/${language}-delete`, false);
        await dialog.getByRole('button', { name: say('documents.delete'), exact: true }).click();
        await expect(page.getByText(say('documents.none'))).toBeVisible();
        expect((await page.goto(address!))?.status()).toBe(404);
      });
    });

    test('a cover letter becomes items, and a letter once they were looked at', async ({ page }) => {
      await signedUp(page, language);
      await page.goto('/documents');
      await alive(page);
      await page.getByRole('link', { name: say('documents.to_letter') }).click();
      await expect(page).toHaveURL('/documents/letter');
      await alive(page);
      const file = page.getByLabel(say('documents.file'), { exact: true });
      await file.setInputFiles({ name: 'letter.txt', mimeType: 'text/plain', buffer: Buffer.from(LETTER[language]) });
      const items = page.locator('.found-items > li');
      await expect(items).toHaveCount(2);
      await expect(items.first()).toContainText(say('documents.limit_characters', { n: 500 }));
      for (const [name, { viewport }] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
        await page.setViewportSize(viewport!);
        await expectNoOverflow(page);
        await picture(page, `documents/${language}-items-${name}`);
      }
      await page.setViewportSize(screen.viewport!);
      await expectAccessible(page);
      if (language === 'en') await expectNoKorean(page);

      await test.step('what is not wanted is left out', async () => {
        await items.nth(1).getByRole('checkbox').uncheck();
        const making = page.waitForRequest('**/web/documents/make-letter');
        await page.getByRole('button', { name: say('documents.make_letter'), exact: true }).click();
        const sent = (await making).postDataJSON() as { letter: { title: string; items: { answer: string }[] } };
        expect(sent.letter.title).toBe('letter');
        expect(sent.letter.items).toHaveLength(1);
        await expect(page).toHaveURL(/\/letters\/[0-9a-f-]{36}$/);
      });

      await test.step('the letter leads on to an interview about it', async () => {
        const id = new URL(page.url()).pathname.split('/').at(-1);
        await page.getByRole('link', { name: say('letters.to_interview'), exact: true }).click();
        await expect(page).toHaveURL(`/interviews/new?letter=${id}`);
        await alive(page);
        const chosen = page.locator('.material-choice label').filter({ has: page.getByRole('checkbox', { checked: true }) });
        await expect(chosen).toHaveCount(1);
        await expect(chosen).toContainText('letter');
      });
    });
  });
}
