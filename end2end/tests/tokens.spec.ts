// A token is made for a program, used by it, and taken back. The secret is shown once.
import { alive, expectAccessible, expectNoKorean, expectNoOverflow, expectReadable, picture } from '../support/checks.ts';
import { signedUp } from '../support/people.ts';
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

    test('a token is made, copied, used and revoked', async ({ page, playwright, baseURL }) => {
      await signedUp(page, language);
      await page.goto('/profile');
      await alive(page);
      await page.getByRole('link', { name: say('tokens.profile_link') }).click();
      await expect(page).toHaveURL('/tokens');
      await expect(page.getByRole('heading', { level: 1, name: say('tokens.title') })).toBeVisible();
      await expect(page.getByText(say('tokens.none'))).toBeVisible();
      const create = page.getByRole('button', { name: say('tokens.create'), exact: true });
      const rows = page.locator('.token-list li');
      const secret = page.getByRole('textbox', { name: say('tokens.secret'), exact: true });

      await test.step('a name is needed', async () => {
        await page.getByRole('radio', { name: say('words.scope_write'), exact: false }).first().check();
        await create.click();
        await expect(page.getByText(say('words.reason_empty'))).toBeVisible();
        await expect(page.getByLabel(say('tokens.name'), { exact: true })).toBeFocused();
        await expect(rows).toHaveCount(0);
      });

      await test.step('the secret is shown and can be copied', async () => {
        await page.getByLabel(say('tokens.name'), { exact: true }).fill('laptop');
        await create.click();
        await expect(secret).toBeFocused();
        await expect(rows).toHaveCount(1);
        await expect(rows.first()).toContainText('laptop');
        await expect(rows.first()).toContainText(say('words.scope_write'));
        await expect(rows.first()).toContainText(say('tokens.never_used'));
        await page.getByRole('button', { name: say('tokens.copy'), exact: true }).click();
        await expect(page.locator('.fresh-secret').getByRole('status')).toHaveText(say('tokens.copied'));
        if (language === 'en') await expectNoKorean(page);
        for (const [name, { viewport }] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
          await page.setViewportSize(viewport);
          await expectNoOverflow(page);
          await picture(page, `tokens/${language}-made-${name}`);
        }
        await expectAccessible(page);
        await page.emulateMedia({ colorScheme: 'dark' });
        await expectReadable(page);
        await page.emulateMedia({ colorScheme: 'light' });
      });

      const key = await secret.inputValue();
      expect(key).toMatch(/^dda_[A-Za-z0-9_-]{43}$/);
      const program = await playwright.request.newContext({
        baseURL,
        extraHTTPHeaders: { authorization: `Token ${key}` },
      });

      await test.step('a program uses it', async () => {
        const told = await program.get('/api/chat/gpt/');
        expect(told.status()).toBe(200);
        expect(await told.json()).toEqual({ conversations: [], count: 0, limit: 5 });
      });

      await test.step('it is taken back', async () => {
        await page.reload();
        await alive(page);
        await expect(secret).toHaveCount(0);
        await expect(rows).toHaveCount(1);
        await expect(rows.first()).not.toContainText(say('tokens.never_used'));
        await rows.first().getByRole('button').click();
        const dialog = page.getByRole('dialog', { name: say('tokens.revoke_title') });
        await expect(dialog).toContainText('laptop');
        await picture(page, `tokens/${language}-revoke`, false);
        await dialog.getByRole('button', { name: say('tokens.revoke'), exact: true }).click();
        await expect(dialog).toBeHidden();
        await expect(page.getByText(say('tokens.none'))).toBeVisible();
        expect((await program.get('/api/chat/gpt/')).status()).toBe(401);
      });
      await program.dispose();
    });

    test('what a program did in the chat stands in the history', async ({ page, playwright, baseURL }) => {
      const person = await signedUp(page, language);
      const program = await playwright.request.newContext({ baseURL });
      const login = await program.post('/api/user/login/', {
        data: { username: person.username, password: person.password },
      });
      const { Token: key } = (await login.json()) as { Token: string };
      const headers = { authorization: `Token ${key}` };
      const topic = language === 'ko' ? '운영체제 면접' : 'operating systems';
      const started = await program.post('/api/chat/gpt/', { headers, data: { interview_topic: topic } });
      expect(started.status()).toBe(200);
      const { response, audio_url: audio } = (await started.json()) as { response: string; audio_url: string | null };
      if (audio !== null) {
        const part = await program.get(audio, { headers: { range: 'bytes=0-1' } });
        expect(part.status()).toBe(206);
        expect(part.headers()['content-type']).toMatch(/^audio\//);
      }
      await page.goto('/allowance');
      await alive(page);
      await expect(page.getByText(say('quotas.chat_used', { used: 1, limit: 5 }))).toBeVisible();
      await expect(page.locator('tbody')).toContainText(say('words.action_chat'));
      await expectNoOverflow(page);
      await picture(page, `tokens/${language}-allowance`);
      await page.locator('tbody a').first().click();
      await expect(page.getByText(response.split('\n\n').at(-1) ?? '', { exact: false }).first()).toBeVisible();
      await program.dispose();
    });
  });
}
