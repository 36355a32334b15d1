// The first administrator comes in by the link of the first start, looks after people, and closes the doors.
import { alive, expectAccessible, expectNoKorean, expectNoOverflow, expectReadable, picture } from '../support/checks.ts';
import { PASSWORD, signedUp, somebody, spoken, started } from '../support/people.ts';
import { DESKTOP, expect, loneTest as test, PHONE } from '../support/test.ts';
import { texts, type Language } from '../support/texts.ts';
import type { Page } from '@playwright/test';

const SCREENS = [
  { language: 'ko', screen: PHONE, locale: 'ko-KR' },
  { language: 'en', screen: DESKTOP, locale: 'en-GB' },
] as const satisfies { language: Language; screen: object; locale: string }[];

for (const { language, screen, locale } of SCREENS) {
  const say = texts(language);

  /** Looks a page over on both sizes and in the dark. */
  async function lookedOver(page: Page, name: string): Promise<void> {
    await expectAccessible(page);
    if (language === 'en') await expectNoKorean(page);
    for (const [size, { viewport }] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
      await page.setViewportSize(viewport);
      await expectNoOverflow(page);
      await picture(page, `admin/${language}-${name}-${size}`);
    }
    await page.emulateMedia({ colorScheme: 'dark' });
    await expectReadable(page);
    await picture(page, `admin/${language}-${name}-dark`);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize(screen.viewport);
  }

  async function fill(page: Page, person: { username: string; email: string }): Promise<void> {
    await page.getByLabel(say('accounts.username'), { exact: true }).fill(person.username);
    await page.getByLabel(say('accounts.email'), { exact: true }).fill(person.email);
    await page.getByLabel(say('accounts.password'), { exact: true }).fill(PASSWORD);
    await page.getByLabel(say('accounts.password_confirmation'), { exact: true }).fill(PASSWORD);
  }

  test.describe(`in ${language}`, () => {
    test.use({ ...screen, locale });

    test('an administrator looks after people', async ({ page, lone, browser, baseURL, troubles }) => {
      troubles.expect(/\b(401|404)\b/);
      test.setTimeout(180_000);
      const root = somebody(language);
      const guests = await browser.newContext({ ...screen, locale, baseURL });
      troubles.watch(guests);
      const guest = await guests.newPage();
      const member = await signedUp(guest, language);

      await test.step('the link of the first start makes the first administrator', async () => {
        const shown = /\/setup\/[0-9a-f]{64}/;
        await expect.poll(() => shown.test(lone.log)).toBe(true);
        const path = shown.exec(lone.log)?.[0] ?? '';
        await page.goto(path);
        await alive(page);
        await expect(page.getByRole('heading', { level: 1, name: say('accounts.setup_title') })).toBeVisible();
        await lookedOver(page, 'setup');
        await fill(page, root);
        await page.getByRole('button', { name: say('accounts.setup_make'), exact: true }).click();
        await expect(page).toHaveURL('/admin/users');
        const gone = await guest.goto(path);
        expect(gone?.status()).toBe(404);
      });

      await test.step('somebody is found', async () => {
        await alive(page);
        await expect(page.locator('.people li')).toHaveCount(2);
        await lookedOver(page, 'users');
        await page.getByLabel(say('admin.search_text')).fill(member.username.slice(0, 8));
        await page.getByRole('button', { name: say('admin.search'), exact: true }).click();
        await expect(page.locator('.people li')).toHaveCount(1);
        await page.getByRole('link', { name: member.username, exact: true }).click();
        await expect(page.getByRole('heading', { level: 1, name: member.username })).toBeVisible();
        await alive(page);
        await lookedOver(page, 'user');
      });
      const address = page.url();
      const told = page.locator('.admin > [role="status"]');
      const section = (heading: string) => page.getByRole('region', { name: say(heading), exact: true });

      await test.step('a limit is set and taken away', async () => {
        const limit = section('admin.limits').getByRole('textbox').first();
        const save = section('admin.limits').getByRole('button', { name: say('accounts.save') }).first();
        await limit.fill('many');
        await save.click();
        await expect(section('admin.limits').getByText(say('words.reason_malformed'))).toBeVisible();
        await expect(limit).toBeFocused();
        await limit.fill('9');
        await save.click();
        await expect(told).toHaveText(say('admin.limit_saved'));
        await expect(limit).toHaveValue('9');
        await limit.fill('');
        await save.click();
        await expect(limit).toHaveValue('');
      });

      await test.step('a link to a new password is shown once', async () => {
        await page.getByRole('button', { name: say('admin.reset_make'), exact: true }).click();
        const link = page.getByLabel(say('admin.reset_fresh'), { exact: true });
        await expect(link).toBeFocused();
        await expect(link).toHaveValue(/\/reset\/[0-9a-f]{64}$/);
        await page.reload();
        await alive(page);
        await expect(link).toHaveCount(0);
      });

      await test.step('a suspension ends what is open', async () => {
        const id = await started(guest, { language });
        await spoken(guest, id);
        await guest.goto(`/interviews/${id}`);
        await alive(guest);
        await page.getByLabel(say('admin.ban_reason'), { exact: true }).fill('spam');
        await page.getByRole('button', { name: say('admin.ban'), exact: true }).click();
        await expect(told).toHaveText(say('admin.ban_done'));
        await picture(page, `admin/${language}-suspended`);
        await expect(guest.locator('.banner')).toContainText(say('interview.signed_out'), { timeout: 10_000 });
        await guest.goto('/login');
        await alive(guest);
        await guest.getByLabel(say('accounts.username'), { exact: true }).fill(member.username);
        await guest.getByLabel(say('accounts.password'), { exact: true }).fill(PASSWORD);
        await guest.getByRole('button', { name: say('accounts.login'), exact: true }).click();
        await expect(guest.getByText(say('words.banned'))).toBeVisible();
        await page.getByRole('button', { name: say('admin.unban'), exact: true }).click();
        await expect(told).toHaveText(say('admin.unban_done'));
        await guest.getByRole('button', { name: say('accounts.login'), exact: true }).click();
        await expect(guest).toHaveURL('/interviews');
        await guests.clearCookies();
      });

      await test.step('nobody keeps interviews longer than an administrator says', async () => {
        await page.goto('/admin/settings');
        await alive(page);
        const retention = section('admin.retention_max');
        const days = retention.getByLabel(say('admin.retention_max_days'), { exact: true });
        const save = retention.getByRole('button', { name: say('accounts.save') });
        await days.fill('4000');
        await save.click();
        await expect(retention.getByText(say('words.reason_malformed_retention_max'))).toBeVisible();
        await expect(days).toBeFocused();
        await days.fill('60');
        await save.click();
        await expect(retention.getByRole('status')).toHaveText(say('accounts.saved'));
        await guest.goto('/privacy');
        await expect(guest.getByText(say('privacy.keep_interviews_most', { time: say('words.days', { n: 60 }) }))).toBeVisible();
        await page.reload();
        await alive(page);
        await expect(days).toHaveValue('60');
        await days.fill('');
        await save.click();
        await expect(retention.getByRole('status')).toHaveText(say('accounts.saved'));
      });

      await test.step('registration is closed, and opened by invitation', async () => {
        await page.goto('/admin/settings');
        await alive(page);
        await lookedOver(page, 'settings');
        const registration = section('admin.registration');
        const choose = async (name: string) => {
          await registration.getByRole('radio', { name: new RegExp(`^${say(name)}`) }).check();
          await registration.getByRole('button', { name: say('accounts.save') }).click();
          await expect(registration.getByRole('status')).toHaveText(say('accounts.saved'));
        };
        await choose('admin.registration_closed');
        await guest.goto('/');
        await expect(guest.getByText(say('home.closed'))).toBeVisible();
        await guest.goto('/register');
        await expect(guest.getByRole('heading', { level: 1, name: say('accounts.closed_title') })).toBeVisible();
        await expect(guest.locator('form input[type="password"]')).toHaveCount(0);
        await lookedOver(guest, 'closed');

        await choose('admin.registration_invitation');
        await page.getByRole('button', { name: say('admin.invite'), exact: true }).click();
        const link = page.getByLabel(say('admin.invitation_fresh'), { exact: true });
        await expect(link).toBeFocused();
        await expect(page.locator('.share-list li')).toHaveCount(1);
        await picture(page, `admin/${language}-invitation`);
        const invitation = new URL(await link.inputValue());
        await guest.goto('/register');
        await expect(guest.getByText(say('accounts.by_invitation_text'))).toBeVisible();
        await guest.goto(invitation.pathname + invitation.search);
        await alive(guest);
        await expect(guest.getByText(say('accounts.invited'))).toBeVisible();
        await fill(guest, somebody(language));
        await guest.getByRole('button', { name: say('accounts.register'), exact: true }).click();
        await expect(guest).toHaveURL('/interviews/new');
        await page.reload();
        await alive(page);
        await expect(page.locator('.share-list li')).toHaveCount(0);
        await expect(page.getByText(say('admin.no_invitations'))).toBeVisible();
      });

      await test.step('the ledger and the log tell of it', async () => {
        await page.goto('/admin/ledger');
        await alive(page);
        await expect(page.locator('tbody tr')).toHaveCount(1);
        await expect(page.locator('tbody')).toContainText(member.username);
        await lookedOver(page, 'ledger');
        await page.goto('/admin/audit');
        await alive(page);
        await expect(page.locator('tbody tr').first()).toContainText(say('admin.did_invitation_made'));
        await expect(page.locator('tbody')).toContainText(say('admin.did_unbanned'));
        await lookedOver(page, 'audit');
        await page.getByLabel(say('admin.column_what')).selectOption('banned');
        await page.getByRole('button', { name: say('history.apply'), exact: true }).click();
        await expect(page.locator('tbody tr')).toHaveCount(1);
        await expect(page.locator('tbody')).toContainText(member.username);
      });

      await test.step('a role is given and taken', async () => {
        await page.goto(address);
        await alive(page);
        await page.getByRole('button', { name: say('admin.make_admin'), exact: true }).click();
        await expect(told).toHaveText(say('admin.made_admin'));
        await page.getByRole('button', { name: say('admin.take_admin'), exact: true }).click();
        await expect(told).toHaveText(say('admin.took_admin'));
      });
      await guests.close();
    });
  });
}
