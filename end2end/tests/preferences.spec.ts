// Language and theme: changed anywhere, kept everywhere, with and without a program on the page.
import { alive } from '../support/checks.ts';
import { signedUp, started } from '../support/people.ts';
import { Room } from '../support/room.ts';
import { expect, PHONE, test } from '../support/test.ts';
import { texts } from '../support/texts.ts';

const ko = texts('ko');
const en = texts('en');
const PAPER = { light: 'rgb(251, 250, 247)', dark: 'rgb(22, 24, 27)' };

test('the language changes on every page, and the page stays', async ({ page }) => {
  await signedUp(page);
  for (const address of ['/', '/interviews?field=cs', '/interviews/new', '/allowance', '/profile']) {
    await page.goto(address);
    await alive(page);
    await page.locator('.site-footer').getByRole('button', { name: 'English' }).click();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await expect(page).toHaveURL(address);
    await page.locator('.site-footer').getByRole('button', { name: '한국어' }).click();
    await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
    await expect(page).toHaveURL(address);
  }
});

test('after moving around without a reload the switch leads back to the page that is shown', async ({ page }) => {
  await signedUp(page);
  await page.goto('/interviews');
  await alive(page);
  await page.locator('.site-header .wide').getByRole('link', { name: ko('ui.nav_allowance') }).click();
  await expect(page).toHaveURL('/allowance');
  await page.locator('.site-footer').getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('heading', { level: 1, name: en('quotas.title') })).toBeVisible();
  await expect(page).toHaveURL('/allowance');
});

test('the theme follows the system until one is chosen, and then stays', async ({ page }) => {
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const choose = (key: string) => page.locator('.site-footer').getByRole('button', { name: ko(key) }).click();
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('/login');
  expect(await paper()).toBe(PAPER.dark);
  await choose('ui.theme_light');
  await expect.poll(paper).toBe(PAPER.light);
  await page.goto('/');
  expect(await paper()).toBe(PAPER.light);
  await expect(page.locator('.site-footer').getByRole('button', { name: ko('ui.theme_light') })).toHaveAttribute('aria-pressed', 'true');
  await choose('ui.theme_dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(paper).toBe(PAPER.dark);
  await choose('ui.theme_auto');
  await expect.poll(paper).toBe(PAPER.light);
});

test.describe('on a phone', () => {
  test.use(PHONE);
  test('what is written in the room stays when the language changes', async ({ page }) => {
    await signedUp(page);
    const id = await started(page);
    const room = new Room(page, 'ko');
    await room.open(id);
    await room.field.fill('한국어로 쓰는 중');
    await page.getByRole('button', { name: ko('ui.menu') }).tap();
    await room.alive(() => page.locator('#menu').getByRole('button', { name: 'English' }).tap());
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await expect(page).toHaveURL(`/interviews/${id}`);
    await expect(new Room(page, 'en').field).toHaveValue('한국어로 쓰는 중');
  });
});

test.describe('without a program', () => {
  test.use({ javaScriptEnabled: false });
  test('language and theme work on every page', async ({ page, troubles }) => {
    // A browser that runs no scripts still complains that it may not.
    troubles.expect(/failed request: csp .*\.js/);
    for (const address of ['/', '/register']) {
      await page.goto(address);
      await page.locator('.site-footer').getByRole('button', { name: 'English' }).click();
      await expect(page.locator('html')).toHaveAttribute('lang', 'en');
      await page.locator('.site-footer').getByRole('button', { name: en('ui.theme_dark') }).click();
      await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
      await page.locator('.site-footer').getByRole('button', { name: '한국어' }).click();
      await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
      await expect(page).toHaveURL(address);
    }
  });
});
