// Every page, in both languages, light and dark, on a phone and on a desktop: alive without a complaint, nothing sticking
// out, nothing that keeps somebody out, and a picture of each for people to look through.
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { alive, expectAccessible, expectNoKorean, expectNoOverflow, expectReadable, picture } from '../support/checks.ts';
import { finished, signedUp, underWay } from '../support/people.ts';
import { DESKTOP, expect, PHONE, test } from '../support/test.ts';
import { LANGUAGES, texts, type Language } from '../support/texts.ts';

const SCREENS = { phone: PHONE, desktop: DESKTOP };

interface Look {
  language: Language;
  screen: keyof typeof SCREENS;
}

async function check(page: Page, look: Look, name: string, address: string): Promise<void> {
  await test.step(name, async () => {
    await page.goto(address);
    await alive(page);
    await expect(page.locator('html')).toHaveAttribute('lang', look.language);
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    await settle(page, look, name);
  });
}

/** The checks and the pictures of what the page shows now. */
async function settle(page: Page, look: Look, name: string): Promise<void> {
  // What keeps somebody out does so in either language: each is looked at on one screen.
  const thorough = (look.language === 'ko') === (look.screen === 'phone');
  await expectNoOverflow(page);
  if (thorough) await expectAccessible(page);
  if (look.language === 'en') await expectNoKorean(page);
  await picture(page, `pages/${name}.${look.language}.light.${look.screen}`);
  // In the dark only colours are different.
  await page.emulateMedia({ colorScheme: 'dark' });
  if (thorough) await expectReadable(page);
  await picture(page, `pages/${name}.${look.language}.dark.${look.screen}`);
  await page.emulateMedia({ colorScheme: 'light' });
}

for (const language of LANGUAGES) {
  for (const screen of ['phone', 'desktop'] as const) {
    const look: Look = { language, screen };
    test.describe(`${language}, ${screen}`, () => {
      test.use({ ...SCREENS[screen], colorScheme: 'light', locale: language === 'ko' ? 'ko-KR' : 'en-GB' });

      test('every page for guests', async ({ page, troubles }) => {
        troubles.expect(/\b404\b/);
        await check(page, look, 'home', '/');
        await check(page, look, 'register', '/register');
        await check(page, look, 'login', '/login');
        await check(page, look, 'rubric', '/rubric');
        await check(page, look, 'privacy', '/privacy');
        await check(page, look, 'login-asked-for', '/interviews/new');
        await expect(page).toHaveURL('/login?next=%2Finterviews%2Fnew');
        await check(page, look, 'not-found', '/nowhere');
        if (screen === 'phone') {
          await page.getByRole('button', { name: texts(language)('ui.menu') }).click();
          await settle(page, look, 'menu-guest');
        }
      });

      test('every page for members', async ({ page, troubles }) => {
        // Pages that are not there, and the report that is not there yet.
        troubles.expect(/\b404\b/, /\b409\b/);
        test.setTimeout(300_000);
        await signedUp(page, language);
        await check(page, look, 'history-empty', '/interviews');
        await check(page, look, 'progress-empty', '/progress');
        await check(page, look, 'documents-empty', '/documents');
        await check(page, look, 'documents-letter', '/documents/letter');
        await check(page, look, 'allowance-empty', '/allowance');
        await check(page, look, 'drill-empty', '/drill');
        await check(page, look, 'notebook-empty', '/notebook');
        await check(page, look, 'letters-empty', '/letters');
        await check(page, look, 'questions', '/questions');
        await check(page, look, 'question', '/questions/os/deadlock');
        await check(page, look, 'past-questions-empty', '/past-questions');
        await check(page, look, 'past-questions-new', '/past-questions/new');
        await check(page, look, 'setup', '/interviews/new');
        const over = await finished(page, language);
        const running = await underWay(page, language, { field: 'frontend' });
        await check(page, look, 'home-member', '/');
        await check(page, look, 'room', `/interviews/${running}`);
        await check(page, look, 'room-finished', `/interviews/${over}`);
        await check(page, look, 'report', `/interviews/${over}/report`);
        await check(page, look, 'compare', `/interviews/${over}/compare/${await finished(page, language)}`);
        await check(page, look, 'report-not-finished', `/interviews/${running}/report`);
        await check(page, look, 'history', '/interviews');
        await check(page, look, 'history-filtered', '/interviews?field=person');
        await check(page, look, 'progress', '/progress');
        await check(page, look, 'progress-chosen', '/progress?field=cs');
        await check(page, look, 'drill', '/drill');
        await check(page, look, 'notebook', '/notebook?show=all');
        await check(page, look, 'allowance', '/allowance');
        await check(page, look, 'profile', '/profile');
        await check(page, look, 'tokens', '/tokens');
        await check(page, look, 'my-data', '/profile/data');
        await check(page, look, 'room-not-found', `/interviews/${randomUUID()}`);
        if (screen === 'phone') {
          await page.getByRole('button', { name: texts(language)('ui.menu') }).click();
          await settle(page, look, 'menu-member');
        }
      });
    });
  }
}
