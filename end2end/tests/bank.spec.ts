// The bank is searched in both languages, a question is tried, noted and practised, and all of it can be read without scripts.
import { alive, expectAccessible, expectNoKorean, expectNoOverflow, expectReadable, picture } from '../support/checks.ts';
import { act, answer, signedUp, spoken } from '../support/people.ts';
import { DESKTOP, expect, PHONE, test } from '../support/test.ts';
import { texts, type Language } from '../support/texts.ts';
import type { Page } from '@playwright/test';

const SCREENS = [
  { language: 'ko', screen: PHONE, locale: 'ko-KR' },
  { language: 'en', screen: DESKTOP, locale: 'en-GB' },
] as const satisfies { language: Language; screen: object; locale: string }[];

for (const { language, screen, locale } of SCREENS) {
  const say = texts(language);
  const other = language === 'ko' ? 'en' : 'ko';
  const words = { ko: '교착 상태를', en: 'deadlocks' };

  /** Looks a page over on both sizes and in the dark. */
  async function lookedOver(page: Page, name: string): Promise<void> {
    await expectAccessible(page);
    if (language === 'en') await expectNoKorean(page);
    for (const [size, { viewport }] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
      if (viewport) await page.setViewportSize(viewport);
      await expectNoOverflow(page);
      await picture(page, `bank/${language}-${name}-${size}`);
    }
    await page.emulateMedia({ colorScheme: 'dark' });
    await expectReadable(page);
    await page.emulateMedia({ colorScheme: 'light' });
    if (screen.viewport) await page.setViewportSize(screen.viewport);
  }

  test.describe(`in ${language}`, () => {
    test.use({ ...screen, locale });

    test('a question is found, tried, noted and practised', async ({ page }) => {
      test.setTimeout(120_000);
      await signedUp(page, language);
      await page.goto('/questions');
      await alive(page);
      const list = page.locator('.question-list > li');

      await test.step('all of it, page by page', async () => {
        await expect(list).toHaveCount(20);
        await lookedOver(page, 'list');
        const first = await list.first().innerText();
        await page.getByRole('link', { name: say('questions.page_after'), exact: true }).click();
        await expect(page).toHaveURL(/page=1/);
        await expect(list.first()).not.toHaveText(first);
      });

      await test.step('a search with a particle, and in the other language', async () => {
        for (const text of [words[language], words[other]]) {
          await page.getByLabel(say('questions.search_text')).fill(text);
          await page.getByRole('button', { name: say('questions.search'), exact: true }).click();
          await expect(page).toHaveURL(/q=/);
          await expect(list.first().getByRole('link')).toHaveAttribute('href', '/questions/os/deadlock');
        }
        await page.getByLabel(say('history.field')).selectOption('frontend');
        await page.getByRole('button', { name: say('questions.search'), exact: true }).click();
        await expect(page).toHaveURL(/field=frontend/);
        await expect(page.locator('a[href="/questions/os/deadlock"]')).toHaveCount(0);
        await page.goBack();
        await expect(list.first().getByRole('link')).toHaveAttribute('href', '/questions/os/deadlock');
      });

      await test.step('a list without anything leads back to all of it', async () => {
        await page.goto('/questions?field=frontend&topic=os');
        await alive(page);
        await expect(page.getByText(say('questions.nothing_fits'))).toBeVisible();
        await expect(page.locator('.empty').getByRole('link', { name: say('past_questions.add'), exact: true })).toHaveAttribute('href', '/past-questions/new');
        await page.getByRole('link', { name: say('questions.show_all'), exact: true }).click();
        await expect(page).toHaveURL('/questions');
        await expect(list).toHaveCount(20);
        await page.goto(`/questions?q=${encodeURIComponent(words[language])}`);
        await alive(page);
      });

      await test.step('its page keeps the answer behind a press', async () => {
        await list.first().getByRole('link').click();
        await expect(page).toHaveURL('/questions/os/deadlock');
        await alive(page);
        const behind = page.locator('details.model-answer');
        await expect(behind.locator('.prose').first()).toBeHidden();
        await behind.locator('summary').click();
        await expect(behind.locator('.prose').first()).toBeVisible();
        await lookedOver(page, 'question');
      });

      await test.step('a star and a memo stay', async () => {
        await page.getByRole('button', { name: say('notebook.favourite') }).click();
        await page.getByRole('button', { name: say('notebook.write_memo') }).click();
        await page.getByLabel(say('notebook.memo'), { exact: true }).fill('four conditions');
        await page.getByRole('button', { name: say('notebook.save'), exact: true }).click();
        await expect(page.getByText(say('notebook.saved'))).toBeVisible();
        await page.reload();
        await alive(page);
        await expect(page.locator('.memo-text')).toHaveText('four conditions');
        await expect(page.getByRole('button', { name: say('notebook.favourite') })).toHaveAttribute('aria-pressed', 'true');
        await page.goto('/notebook?show=memos');
        await expect(page.locator('.entry')).toHaveCount(1);
      });

      await test.step('the other language of the same question', async () => {
        await page.goto('/questions/os/deadlock');
        await alive(page);
        await page.locator(`nav a[hreflang="${other}"]`).click();
        await expect(page).toHaveURL(`/questions/os/deadlock?lang=${other}`);
        await expect(page.locator('h1')).toHaveAttribute('lang', other);
      });

      await test.step('practised, the answer stands on its page', async () => {
        await page.goto('/questions/os/deadlock');
        await alive(page);
        await page.getByRole('button', { name: say('questions.practise') }).click();
        await expect(page).toHaveURL(/\/interviews\/[0-9a-f-]{36}$/);
        const id = page.url().split('/').at(-1) ?? '';
        const view = await spoken(page, id);
        const said = 'Two threads wait for locks that the other one holds, and neither ever goes on.';
        await answer(page, id, view, said);
        await act(page, id, await spoken(page, id), 'finish');
        await page.goto('/questions/os/deadlock');
        await expect(page.locator('.earlier .said').first()).toHaveText(said);
      });
    });

    test.describe('without scripts', () => {
      test.use({ javaScriptEnabled: false });

      test('the bank is searched and read', async ({ page, troubles }) => {
        // Switched off, scripts are asked for and refused.
        troubles.expect(/^failed request: csp GET \S+\/pkg\//);
        await signedUp(page, language);
        await page.goto('/questions');
        await page.getByLabel(say('questions.search_text')).fill(words[language]);
        await page.getByRole('button', { name: say('questions.search'), exact: true }).click();
        await page.locator('.question-list > li').first().getByRole('link').click();
        await expect(page).toHaveURL('/questions/os/deadlock');
        await page.locator('details.model-answer summary').click();
        await expect(page.locator('details.model-answer .prose').first()).toBeVisible();
      });
    });
  });
}
