// The header: in one line or behind a menu, at every width and in both languages, by keys and without a script.
import { alive, expectAccessible, expectNoOverflow, picture } from '../support/checks.ts';
import { signedUp } from '../support/people.ts';
import { DESKTOP, expect, loneTest, PHONE, test } from '../support/test.ts';
import { LANGUAGES, texts } from '../support/texts.ts';
import type { Locator, Page } from '@playwright/test';

const WIDTHS = [360, 390, 480, 600, 700, 767, 768, 800, 860, 900, 960, 1000, 1023, 1024, 1060, 1100, 1200, 1280, 1400];
/** From here on the ways stand in one line. */
const LINE = 1024;

async function expectWithin(page: Page, box: Locator, what: string): Promise<void> {
  const found = await box.boundingBox();
  const { width, height } = page.viewportSize()!;
  expect(found, what).not.toBeNull();
  const { x, y, width: wide, height: high } = found!;
  expect([x >= 0, y >= 0, x + wide <= width, y + high <= height], `${what} at ${width}: ${JSON.stringify(found)}`).toEqual(Array(4).fill(true));
}

for (const language of LANGUAGES) {
  const say = texts(language);
  const locale = language === 'ko' ? 'ko-KR' : 'en-GB';

  loneTest.describe(`in ${language}`, () => {
    loneTest.use({ ...DESKTOP, locale });

    // Nobody has more links than an administrator.
    loneTest('an administrator’s header is one line at every width', async ({ page, lone }) => {
      const person = await signedUp(page, language);
      await lone.command('user', 'create-admin', '--username', person.username);
      await page.goto('/letters');
      await alive(page);
      const line = page.locator('.site-header .wide');
      const menu = page.getByRole('button', { name: say('ui.menu'), exact: true });
      await expect(line.getByRole('link', { name: say('ui.nav_admin'), exact: true })).toBeVisible();
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        await expectNoOverflow(page);
        await expect(line).toBeVisible({ visible: width >= LINE });
        await expect(menu).toBeVisible({ visible: width < LINE });
        const { height, spread, crossed } = await page.locator('.site-header').evaluate((header) => {
          const shown = [...header.querySelectorAll('.wordmark, .wide > .links > li, .menu-button')]
            .map((element) => element.getBoundingClientRect())
            .filter((box) => box.width > 0)
            .sort((one, other) => one.left - other.left);
          const tops = [...header.querySelectorAll('.wide > .links > li')].map((one) => one.getBoundingClientRect().top);
          return {
            height: header.getBoundingClientRect().height,
            spread: Math.max(...tops) - Math.min(...tops),
            crossed: shown.filter((box, place) => place > 0 && box.left < shown[place - 1].right - 0.5).length,
          };
        });
        expect(height, `the height of the header at ${width}`).toBeLessThanOrEqual(58);
        expect(spread, `links below each other at ${width}`).toBeLessThan(20);
        expect(crossed, `links over each other at ${width}`).toBe(0);
      }

      for (const width of [360, 768, LINE - 1]) {
        await page.setViewportSize({ width, height: 740 });
        await menu.click();
        const shown = page.locator('#menu');
        await expect(shown.getByRole('link', { name: say('past_questions.title'), exact: true })).toBeVisible();
        await expectWithin(page, shown, 'the menu');
        await picture(page, `layout/${language}-menu-${width}`, false);
        await page.keyboard.press('Escape');
        await expect(shown).toBeHidden();
      }
      for (const width of [LINE, 1400]) {
        await page.setViewportSize({ width, height: 740 });
        await line.locator('summary').click();
        await expectWithin(page, line.locator('.nav-group > .links'), 'what one prepares with');
        await expectNoOverflow(page);
        await picture(page, `layout/${language}-line-${width}`, false);
        if (width === LINE) await expectAccessible(page);
        await page.keyboard.press('Escape');
      }
    });
  });
}

test.describe('what one prepares with', () => {
  const say = texts('en');
  test.use({ ...DESKTOP, locale: 'en-GB' });

  test('opens, closes and leads on by keys and by presses', async ({ page }) => {
    await signedUp(page, 'en');
    await page.goto('/progress');
    await alive(page);
    const line = page.locator('.site-header .wide');
    const word = line.locator('summary');
    const letters = line.getByRole('link', { name: say('ui.nav_letters'), exact: true });
    const { keyboard } = page;

    await word.focus();
    await keyboard.press('Enter');
    await expect(letters).toBeVisible();
    await keyboard.press('Tab');
    await expect(letters).toBeFocused();
    await keyboard.press('Escape');
    await expect(letters).toBeHidden();
    await expect(word).toBeFocused();

    await keyboard.press('Enter');
    for (let way = 0; way < 5; way += 1) await keyboard.press('Tab');
    await expect(line.getByRole('link', { name: say('past_questions.title'), exact: true })).toBeFocused();
    await keyboard.press('Tab');
    await expect(line.getByRole('link', { name: say('ui.nav_progress'), exact: true })).toBeFocused();
    await expect(letters).toBeHidden();

    await word.click();
    await expect(letters).toBeVisible();
    await page.getByRole('heading', { level: 1 }).click({ position: { x: 4, y: 4 } });
    await expect(letters).toBeHidden();

    await word.click();
    await line.getByRole('link', { name: say('questions.title'), exact: true }).click();
    await expect(page).toHaveURL('/questions');
    await expect(letters).toBeHidden();
    await expect(page.locator('#main')).toBeFocused();
    // Where one is can be told while it is closed.
    await expect(word).toHaveCSS('font-weight', '680');
  });

  test.describe('on a phone', () => {
    test.use(PHONE);

    test('stands in the menu', async ({ page }) => {
      await signedUp(page, 'en');
      await page.goto('/progress');
      await alive(page);
      for (const [key, address] of [['ui.nav_documents', '/documents'], ['github.title', '/github'], ['past_questions.title', '/past-questions']] as const) {
        await page.getByRole('button', { name: say('ui.menu'), exact: true }).tap();
        const menu = page.locator('#menu');
        await expect(menu.getByRole('list', { name: say('ui.nav_prepare') })).toBeVisible();
        await menu.getByRole('link', { name: say(key), exact: true }).tap();
        await expect(page).toHaveURL(address);
        await expect(menu).toBeHidden();
      }
    });
  });

  test.describe('without scripts', () => {
    test.use({ javaScriptEnabled: false });

    test('opens and leads on', async ({ page, troubles }) => {
      troubles.expect(/failed request: csp .*\.js/);
      await signedUp(page, 'en');
      await page.goto('/progress');
      await page.locator('.site-header .wide summary').click();
      await page.locator('.site-header .wide').getByRole('link', { name: say('ui.nav_letters'), exact: true }).click();
      await expect(page).toHaveURL('/letters');
    });
  });
});
