// Signing in at another provider, linking it, choosing a new password by a letter, and signing other browsers out.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alive, expectAccessible, expectNoKorean, expectNoOverflow, expectReadable, picture } from '../support/checks.ts';
import { Daedap, freeAddress, Provider } from '../support/daedap.ts';
import { signedUp, somebody } from '../support/people.ts';
import { DESKTOP, expect, PHONE, test as base } from '../support/test.ts';
import { texts, type Language } from '../support/texts.ts';

interface Programs {
  provider: Provider;
  /** The folder that letters are put into. */
  letters: string;
}

const test = base.extend<{}, Programs>({
  provider: [
    async ({}, use) => {
      const provider = await Provider.start();
      await use(provider);
      await provider.close();
    },
    { scope: 'worker' },
  ],
  letters: [
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'daedap-letters-'));
      await use(folder);
      await rm(folder, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  daedap: [
    async ({ provider, letters }, use) => {
      const address = await freeAddress();
      const daedap = await Daedap.start({
        DAEDAP_ADDR: address,
        ...provider.settings(`http://${address}`),
        DAEDAP_SMTP_URL: `file://${letters}`,
        DAEDAP_MAIL_FROM: 'Daedap <no-reply@example.com>',
      });
      await use(daedap);
      await daedap.close();
    },
    { scope: 'worker' },
  ],
});

const SCREENS = [
  { language: 'ko', screen: PHONE, locale: 'ko-KR' },
  { language: 'en', screen: DESKTOP, locale: 'en-GB' },
] as const satisfies { language: Language; screen: object; locale: string }[];

let people = 1000;

/** The text of a letter, whatever its encoding. */
function decoded(letter: string): string {
  const [head, ...rest] = letter.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  if (/content-transfer-encoding: base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8');
  if (!/content-transfer-encoding: quoted-printable/i.test(head)) return body;
  const bytes = body.replaceAll('=\r\n', '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => `%${hex}`);
  return decodeURIComponent(bytes.replace(/%(?![0-9A-F]{2})/g, '%25'));
}

for (const { language, screen, locale } of SCREENS) {
  const say = texts(language);

  test.describe(`in ${language}`, () => {
    test.use({ ...screen, locale });

    test.beforeEach(async ({ provider }) => {
      await provider.script('approve');
      people += 1;
      await provider.person({ id: people, name: `octo-${people}`, email: `octo-${people}@provider.example` });
    });

    test('somebody new signs up with another login, and sets a password', async ({ page }) => {
      await page.goto('/login');
      await alive(page);
      for (const name of ['GitHub', 'Kakao', 'School']) {
        await expect(page.getByRole('button', { name: say('identities.sign_in_with', { name }) })).toBeVisible();
      }
      await expectNoOverflow(page);
      await expectAccessible(page);
      await picture(page, `logins/${language}-login`);
      await page.emulateMedia({ colorScheme: 'dark' });
      await expectReadable(page);
      await page.emulateMedia({ colorScheme: 'light' });

      await page.getByRole('button', { name: say('identities.sign_in_with', { name: 'School' }) }).click();
      await expect(page).toHaveURL(/\/register\/complete$/);
      await alive(page);
      const name = page.getByLabel(say('accounts.username'), { exact: true });
      await expect(name).toHaveValue(`octo-${people}`);
      await expect(page.getByLabel(say('accounts.email'), { exact: true })).toHaveValue(`octo-${people}@provider.example`);
      await expectNoOverflow(page);
      await expectAccessible(page);
      if (language === 'en') await expectNoKorean(page);
      await picture(page, `logins/${language}-complete`);
      await page.getByRole('button', { name: say('identities.complete'), exact: true }).click();
      await expect(page).toHaveURL(/\/interviews\/new$/);

      await page.goto('/profile');
      await alive(page);
      const logins = page.getByRole('region', { name: say('identities.heading') });
      await expect(logins).toContainText(`octo-${people}`);
      await expectNoOverflow(page);
      await expectAccessible(page);
      await picture(page, `logins/${language}-profile`);

      await logins.getByRole('button', { name: `${say('identities.unlink')}: School` }).click();
      const dialog = page.getByRole('dialog', { name: say('identities.unlink_title') });
      await dialog.getByRole('button', { name: say('identities.unlink'), exact: true }).click();
      await expect(dialog.getByRole('alert')).toHaveText(say('words.last_login'));
      await dialog.getByRole('button', { name: say('ui.cancel') }).click();

      const form = page.getByRole('region', { name: say('accounts.set_password_heading') });
      await form.getByLabel(say('accounts.type_username', { username: `octo-${people}` })).fill(`octo-${people}`);
      await form.getByLabel(say('accounts.new_password'), { exact: true }).fill('another good password');
      await form.getByLabel(say('accounts.password_confirmation'), { exact: true }).fill('another good password');
      await form.getByRole('button', { name: say('accounts.set_password'), exact: true }).click();
      await expect(page.getByRole('heading', { name: say('accounts.password_heading') })).toBeVisible();
    });

    test('a login is linked, used and unlinked', async ({ page, browser, baseURL, troubles }) => {
      await signedUp(page, language);
      await page.goto('/profile');
      await alive(page);
      await page.getByRole('button', { name: say('identities.link', { name: 'GitHub' }) }).click();
      await expect(page).toHaveURL(/\/profile$/);
      await alive(page);
      const logins = page.getByRole('region', { name: say('identities.heading') });
      await expect(logins).toContainText(`octo-${people}`);

      const other = await browser.newContext({ ...screen, locale, baseURL });
      troubles.watch(other);
      const elsewhere = await other.newPage();
      await elsewhere.goto('/login?next=/drill');
      await elsewhere.getByRole('button', { name: say('identities.sign_in_with', { name: 'GitHub' }) }).click();
      await expect(elsewhere).toHaveURL(/\/drill$/);
      await other.close();

      await logins.getByRole('button', { name: `${say('identities.unlink')}: GitHub` }).click();
      const dialog = page.getByRole('dialog', { name: say('identities.unlink_title') });
      await dialog.getByRole('button', { name: say('identities.unlink'), exact: true }).click();
      await expect(dialog).toBeHidden();
      await expect(logins).not.toContainText(`octo-${people}`);
    });

    test('whoever declines, or whose address is taken, is told how to go on', async ({ page, provider, troubles }) => {
      troubles.expect(/\b(401|409|502|400)\b/);
      const trouble = async (script: string, button: string, title: string) => {
        await provider.script(script);
        await page.goto('/login');
        await page.getByRole('button', { name: say('identities.sign_in_with', { name: button }) }).click();
        await expect(page.getByRole('heading', { name: say(title) })).toBeVisible();
        await alive(page);
        // Taken over by the program, it says the same.
        await expect(page.getByRole('heading', { name: say(title) })).toBeVisible();
        await expectNoOverflow(page);
        await expectAccessible(page);
        if (language === 'en') await expectNoKorean(page);
        await expect(page.getByRole('link', { name: say('identities.to_login') })).toBeVisible();
      };
      await trouble('decline', 'GitHub', 'identities.declined_title');
      await picture(page, `logins/${language}-declined`);
      await trouble('wrong-signature', 'School', 'identities.failed_title');
      await trouble('fail', 'Kakao', 'identities.failed_title');

      const person = await signedUp(page, language);
      await page.context().clearCookies();
      await page.context().addCookies([{ name: 'daedap_language', value: language, url: page.url() }]);
      await provider.person({ id: people + 500, name: 'somebody', email: person.email, verified: true });
      await trouble('approve', 'GitHub', 'identities.address_taken_title');
      await picture(page, `logins/${language}-address-taken`);
      await page.goto('/oauth/github/callback?code=1&state=2');
      await expect(page.getByRole('heading', { name: say('identities.stale_title') })).toBeVisible();
    });

    test('a forgotten password is replaced by a letter, and other browsers are signed out', async ({
      page,
      browser,
      baseURL,
      letters,
      troubles,
    }) => {
      troubles.expect(/\b(404|401)\b/);
      const person = await signedUp(page, language);
      const guest = await browser.newContext({ ...screen, locale, baseURL });
      troubles.watch(guest);
      const reader = await guest.newPage();
      await reader.goto('/login');
      await reader.getByRole('link', { name: say('accounts.forgot') }).click();
      await expect(reader).toHaveURL(/\/reset$/);
      await alive(reader);
      await expectNoOverflow(reader);
      await expectAccessible(reader);
      await picture(reader, `logins/${language}-forgot`);
      for (const email of [somebody(language).email, person.email]) {
        await reader.getByLabel(say('accounts.email'), { exact: true }).fill(email);
        await reader.getByRole('button', { name: say('accounts.forgot_send') }).click();
        await expect(reader.getByRole('status')).toHaveText(say('accounts.forgot_sent'));
      }

      let link = '';
      await expect
        .poll(async () => {
          for (const file of await readdir(letters)) {
            const letter = await readFile(join(letters, file), 'utf8');
            if (!letter.includes(`To: ${person.email}`)) continue;
            link = /http:\S+\/reset\/[0-9a-f]{64}/.exec(decoded(letter))?.[0] ?? '';
          }
          return link;
        })
        .not.toBe('');
      expect(link.startsWith(`${baseURL}/reset/`), 'the address that the operator set').toBe(true);

      const reply = await reader.goto(link);
      expect(reply?.headers()['referrer-policy']).toBe('no-referrer');
      await alive(reader);
      await expectNoOverflow(reader);
      await expectAccessible(reader);
      if (language === 'en') await expectNoKorean(reader);
      await picture(reader, `logins/${language}-reset`);
      await reader.getByLabel(say('accounts.new_password'), { exact: true }).fill('another good password');
      await reader.getByLabel(say('accounts.password_confirmation'), { exact: true }).fill('another good password');
      await reader.getByRole('button', { name: say('accounts.reset_save') }).click();
      await expect(reader.getByRole('heading', { name: say('accounts.reset_done_title') })).toBeVisible();
      await page.goto('/profile');
      await expect(page, 'the other browser is signed out').toHaveURL(/\/login\?next=/);
      await reader.goto(link);
      await expect(reader.getByRole('heading', { name: say('accounts.reset_over_title') })).toBeVisible();

      for (const one of [page, reader]) {
        await one.goto('/login');
        await alive(one);
        await one.getByLabel(say('accounts.username'), { exact: true }).fill(person.username);
        await one.getByLabel(say('accounts.password'), { exact: true }).fill('another good password');
        await one.getByRole('button', { name: say('accounts.login'), exact: true }).click();
        await expect(one).toHaveURL(/\/interviews$/);
      }
      await page.goto('/profile');
      await alive(page);
      const sessions = page.getByRole('region', { name: say('accounts.sessions_heading') });
      await expect(sessions.getByRole('listitem')).toHaveCount(2);
      await expect(sessions.getByRole('listitem').first()).toContainText(say('accounts.sessions_this'));
      await sessions.scrollIntoViewIfNeeded();
      await picture(page, `logins/${language}-sessions`);
      await sessions.getByRole('button', { name: say('accounts.sessions_end_others') }).click();
      await expect(sessions.getByRole('listitem')).toHaveCount(1);
      await expect(sessions.getByRole('status')).toHaveText(say('accounts.sessions_ended'));
      await reader.goto('/profile');
      await expect(reader).toHaveURL(/\/login\?next=/);
      await guest.close();
    });
  });
}
