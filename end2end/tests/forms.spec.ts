// Wrong inputs: said at their field, in the language of the page, and nothing that was typed is lost.
import type { Page } from '@playwright/test';
import { alive, picture } from '../support/checks.ts';
import { signedUp, somebody } from '../support/people.ts';
import { expect, test } from '../support/test.ts';
import { LANGUAGES, texts } from '../support/texts.ts';

const LOCALES = { ko: 'ko-KR', en: 'en-GB' };

/** An input of a form by its name. */
const input = (page: Page, name: string) => page.locator(`input[name="${name}"]`).first();

async function expectWrong(page: Page, name: string, error: string): Promise<void> {
  await expect(page.locator(`#${name}-error`)).toHaveText(error);
  await expect(input(page, name)).toBeFocused();
  await expect(input(page, name)).toHaveAttribute('aria-invalid', 'true');
}

for (const language of LANGUAGES) {
  test.describe(language, () => {
    test.use({ locale: LOCALES[language] });
    const say = texts(language);

    test('signing up tells what is wrong with each field', async ({ page }) => {
      const person = somebody(language);
      await page.goto('/register');
      const send = page.getByRole('button', { name: say('accounts.register'), exact: true });
      const fill = async (values: Record<string, string>) => {
        for (const [name, value] of Object.entries(values)) await input(page, name).fill(value);
        await send.click();
      };
      await fill({});
      await expectWrong(page, 'username', say('words.reason_empty'));
      await picture(page, `forms/register-empty.${language}`, false);
      const typed = { username: 'a b!', email: 'mina', password: 'short', password_confirmation: 'shirt' };
      await fill(typed);
      await expectWrong(page, 'username', say('words.reason_malformed_username'));
      for (const [name, value] of Object.entries(typed)) await expect(input(page, name)).toHaveValue(value);
      await fill({ username: 'ab' });
      await expectWrong(page, 'username', say('words.reason_too_short', { min: 3 }));
      await fill({ username: person.username });
      await expectWrong(page, 'email', say('words.reason_malformed_email'));
      await fill({ email: person.email });
      await expectWrong(page, 'password', say('words.reason_too_short', { min: 8 }));
      await fill({ password: 'password123' });
      await expectWrong(page, 'password', say('words.reason_too_common'));
      await fill({ password: person.password });
      await expectWrong(page, 'password_confirmation', say('words.reason_different'));
      await fill({ password_confirmation: person.password });
      await expect(page).toHaveURL('/interviews/new');
    });

    test('a name or an address that is taken is refused at its field', async ({ page }) => {
      const taken = await signedUp(page, language);
      await page.context().clearCookies({ name: 'daedap_session' });
      await page.goto('/register');
      const fresh = somebody(language);
      await input(page, 'username').fill(taken.username.toUpperCase());
      await input(page, 'email').fill(fresh.email);
      await input(page, 'password').fill(fresh.password);
      await input(page, 'password_confirmation').fill(fresh.password);
      const send = page.getByRole('button', { name: say('accounts.register'), exact: true });
      await send.click();
      await expectWrong(page, 'username', say('words.taken_username'));
      await input(page, 'username').fill(fresh.username);
      await input(page, 'email').fill(taken.email);
      await send.click();
      await expectWrong(page, 'email', say('words.taken_email'));
    });

    test('a wrong password is refused, and the right one leads on to the page that was asked for', async ({ page }) => {
      const person = await signedUp(page, language);
      await page.context().clearCookies({ name: 'daedap_session' });
      await page.goto('/allowance');
      await expect(page.getByText(say('accounts.login_needed'))).toBeVisible();
      await input(page, 'username').fill(person.username);
      await input(page, 'password').fill('wrong horse 8');
      const send = page.locator('form.stack').getByRole('button', { name: say('accounts.login'), exact: true });
      await send.click();
      const notice = page.locator('.form-notice[role="alert"]');
      await expect(notice).toHaveText(say('words.wrong_credentials'));
      await expect(notice).toBeFocused();
      await expect(input(page, 'username')).toHaveValue(person.username);
      await picture(page, `forms/login-wrong.${language}`, false);
      await page.getByRole('button', { name: new RegExp(say('ui.show_password')) }).click();
      await expect(input(page, 'password')).toHaveAttribute('type', 'text');
      await input(page, 'password').fill(person.password);
      await send.click();
      await expect(page).toHaveURL('/allowance');
    });

    test('the profile is edited, the password changed, the account deleted', async ({ page }) => {
      const person = await signedUp(page, language);
      await page.goto('/profile');
      await alive(page);
      await input(page, 'display_name').fill('');
      const save = page.getByRole('button', { name: say('accounts.save'), exact: true });
      await save.click();
      await expectWrong(page, 'display_name', say('words.reason_empty'));
      await input(page, 'display_name').fill('미나 <b>');
      await page.locator('#time_zone').selectOption('Europe/Berlin');
      await page.locator('label.chip', { hasText: say('words.field_backend') }).click();
      await save.click();
      await expect(page.getByText(say('accounts.saved'))).toBeVisible();
      await page.reload();
      await alive(page);
      await expect(input(page, 'display_name')).toHaveValue('미나 <b>');
      await expect(page.locator('#time_zone')).toHaveValue('Europe/Berlin');
      await expect(page.getByRole('checkbox', { name: say('words.field_backend') })).toBeChecked();

      const section = page.getByRole('region', { name: say('accounts.password_heading') });
      const password = (name: string) => section.locator(`input[name="${name}"]`);
      const change = section.getByRole('button', { name: say('accounts.change_password'), exact: true });
      await password('current_password').fill('wrong horse 8');
      await password('password').fill('better horse 9');
      await password('password_confirmation').fill('better horse 9');
      await change.click();
      await expect(section.getByText(say('words.reason_wrong'))).toBeVisible();
      await expect(password('password')).toHaveValue('better horse 9');
      await password('current_password').fill(person.password);
      await change.click();
      await expect(page.getByText(say('accounts.password_changed'))).toBeVisible();
      await expect(password('password')).toHaveValue('');

      await page.getByRole('button', { name: say('accounts.delete_open') }).click();
      const dialog = page.getByRole('dialog', { name: say('accounts.delete_title') });
      await dialog.getByLabel(say('accounts.password')).fill(person.password);
      await dialog.getByRole('button', { name: say('accounts.delete'), exact: true }).click();
      await expect(dialog.getByText(say('words.reason_wrong'))).toBeVisible();
      await picture(page, `forms/delete-account.${language}`, false);
      await dialog.getByLabel(say('accounts.password')).fill('better horse 9');
      await dialog.getByRole('button', { name: say('accounts.delete'), exact: true }).click();
      await expect(page).toHaveURL(/\/receipts\//);
      await expect(page.getByRole('heading', { name: say('receipts.title'), level: 1 })).toBeVisible();
      await page.goto('/profile');
      await expect(page).toHaveURL(/\/login/);
    });
  });
}

test('another language in the profile changes the pages at once', async ({ page }) => {
  await signedUp(page);
  await page.goto('/profile');
  await alive(page);
  await page.locator('label.choice', { hasText: 'English' }).click();
  await page.getByRole('button', { name: texts('ko')('accounts.save'), exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByRole('heading', { name: texts('en')('accounts.profile_title'), level: 1 })).toBeVisible();
});
