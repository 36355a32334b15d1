// From sign-up to the report with keys alone.
import { expect, type Locator, type Page } from '@playwright/test';
import { somebody } from '../support/people.ts';
import { Room } from '../support/room.ts';
import { test } from '../support/test.ts';
import { texts } from '../support/texts.ts';

const MOST_STOPS = 80;

/** Tabs until the target has the focus. Every stop on the way must be seen to have it. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await expect(target).toBeEnabled();
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press(key);
    const focus = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return { name: '', seen: true };
      const shown = [element, element.closest('label')].filter((one) => one !== null);
      const seen = shown.some((one) => getComputedStyle(one).outlineStyle !== 'none');
      return { name: element.outerHTML.slice(0, 120), seen };
    });
    expect(focus.seen, `the focus is seen on ${focus.name}`).toBe(true);
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`not reached with ${MOST_STOPS} tabs: ${target}`);
}

test.use({ locale: 'en-GB' });

test('keys alone are enough for an interview', async ({ page }) => {
  const say = texts('en');
  const person = somebody('en');
  const button = (key: string) => page.getByRole('button', { name: say(key), exact: true });
  const { keyboard } = page;

  await page.goto('/');
  await keyboard.press('Tab');
  await expect(page.getByRole('link', { name: say('ui.skip') })).toBeFocused();
  await keyboard.press('Enter');
  await tabTo(page, page.getByRole('link', { name: say('home.start') }));
  await keyboard.press('Enter');

  await expect(page).toHaveURL('/register');
  await tabTo(page, page.getByLabel(say('accounts.username'), { exact: true }));
  await keyboard.type(person.username);
  await tabTo(page, page.getByLabel(say('accounts.email'), { exact: true }));
  await keyboard.type(person.email);
  await tabTo(page, page.getByLabel(say('accounts.password'), { exact: true }));
  await keyboard.type(person.password);
  await tabTo(page, page.getByLabel(say('accounts.password_confirmation'), { exact: true }));
  await keyboard.type(person.password);
  await expect(button('accounts.register')).toBeEnabled();
  await keyboard.press('Enter');

  await expect(page).toHaveURL('/interviews/new');
  await tabTo(page, page.getByRole('radio', { name: say('words.field_cs') }));
  await keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: say('words.field_backend') })).toBeFocused();
  await expect(page.getByRole('radio', { name: say('words.field_backend') })).toBeChecked();
  await keyboard.press('Tab');
  await keyboard.press('Space');
  await expect(page.locator('.chip').first().getByRole('checkbox')).toBeChecked();
  await keyboard.press('Space');
  await tabTo(page, page.locator('input[name="question_count"]:checked'));
  // The topic that was chosen for a moment has three questions; without it there are as many again as before.
  await expect(page.getByRole('radio', { name: '5', exact: true })).toBeFocused();
  await keyboard.press('ArrowLeft');
  await expect(page.getByRole('radio', { name: '4', exact: true })).toBeChecked();
  await tabTo(page, button('setup.start'));
  await keyboard.press('Enter');

  const room = new Room(page, 'en');
  await room.asks(0);
  await tabTo(page, room.action('ask_intent'));
  await keyboard.press('Enter');
  await room.asks(2);
  await tabTo(page, room.field);
  const question = await room.question();
  await keyboard.insertText(question.modelAnswer);
  await tabTo(page, room.send);
  await keyboard.press('Enter');
  await room.asks(4);
  // The focus is where the next answer is written, not lost with the button that was pressed.
  await expect(room.field).toBeFocused();
  await keyboard.type('I have nothing to add to that.');
  await keyboard.press('Enter');
  await room.asks(6);

  await tabTo(page, room.action('finish'), 'Shift+Tab');
  await keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(room.action('finish')).toBeFocused();
  await keyboard.press('Enter');
  await tabTo(page, dialog.getByRole('button', { name: say('interview.finish_confirm') }));
  await keyboard.press('Enter');

  await expect(page.getByRole('link', { name: say('interview.to_report') })).toBeFocused();
  await keyboard.press('Enter');
  await expect(page).toHaveURL(/\/report$/);
  await expect(page.locator('#main')).toBeFocused();
  await tabTo(page, page.locator('.model-answer summary').first());
  await keyboard.press('Enter');
  await expect(page.locator('.model-answer .prose').first()).toBeVisible();
});
