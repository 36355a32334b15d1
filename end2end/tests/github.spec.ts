// Somebody looks a public profile up, reads what it is made of, and is told when GitHub does not answer.
import { alive, expectAccessible, expectNoKorean, expectNoOverflow, expectReadable, picture } from '../support/checks.ts';
import { Daedap, Github } from '../support/daedap.ts';
import { signedUp } from '../support/people.ts';
import { DESKTOP, expect, loneTest, PHONE } from '../support/test.ts';
import { texts, type Language } from '../support/texts.ts';

/** A journey with a GitHub of its own: its limits last for an hour. */
const test = loneTest.extend<{ github: Github }>({
  github: async ({}, use) => {
    const github = await Github.start();
    await use(github);
    await github.close();
  },
  lone: async ({ github }, use) => {
    const daedap = await Daedap.start({ DAEDAP_GITHUB_PROFILES: github.url });
    await use(daedap);
    await daedap.close();
  },
});

const SCREENS = [
  { language: 'ko', screen: PHONE, locale: 'ko-KR' },
  { language: 'en', screen: DESKTOP, locale: 'en-GB' },
] as const satisfies { language: Language; screen: object; locale: string }[];

for (const { language, screen, locale } of SCREENS) {
  const say = texts(language);

  test.describe(`in ${language}`, () => {
    test.use({ ...screen, locale });

    test('a profile is looked up, read, kept and forgotten', async ({ page, github }) => {
      await signedUp(page, language);
      const name = page.getByLabel(say('github.user_name'), { exact: true });
      const press = page.getByRole('button', { name: say('github.look_up'), exact: true });

      await test.step('the way there leads from the profile, and asks nothing of GitHub', async () => {
        await page.goto('/profile');
        await alive(page);
        await page.getByRole('link', { name: say('github.profile_link') }).click();
        await expect(page).toHaveURL('/github');
        await alive(page);
        await expect(page.getByText(say('github.goes_to', { host: '127.0.0.1' }))).toBeVisible();
        await expectNoOverflow(page);
        await expectAccessible(page);
        await picture(page, `github/${language}-empty`);
        expect(await github.calls()).toBe(0);
      });

      await test.step('what is no name, or nobody’s, is said at the form', async () => {
        await name.fill('https://github.com/mina-dev');
        await press.click();
        await expect(page.getByText(say('words.reason_malformed_github_name'))).toBeVisible();
        await expect(name).toBeFocused();
        expect(await github.calls()).toBe(0);
        await name.fill('nobody-of-that-name');
        await press.click();
        await expect(page.locator('.look-up').getByRole('alert')).toHaveText(say('words.github_not_found'));
        await expect(name, 'nothing typed is lost').toHaveValue('nobody-of-that-name');
        await expectAccessible(page);
        await picture(page, `github/${language}-not-found`);
      });

      const profile = page.getByRole('article');
      await test.step('the shares stand side by side, as a picture and as a table', async () => {
        await name.fill('mina-dev');
        await press.click();
        await expect(page.locator('.look-up').getByRole('status')).toHaveText(say('github.asked', { n: 18 }));
        await expect(profile.getByRole('heading', { level: 2 })).toHaveText('mina-dev');
        await expect(profile.getByText(say('github.not_skill'), { exact: true })).toBeVisible();
        await expect(page.locator('.shares-bars')).toHaveCount(8);
        const bytes = say('github.by_bytes');
        await expect(page.getByRole('img', { name: new RegExp(`^Rust: ${bytes} 20%, `) })).toBeVisible();
        const languages = profile.getByRole('region', { name: say('github.languages'), exact: true }).first();
        await languages.getByText(say('github.as_table')).click();
        const rust = languages.getByRole('row', { name: /^Rust/ });
        await expect(rust.getByRole('cell')).toHaveText(['20%', '20%', /^\d+%$/]);
        await expect(languages.getByRole('row')).toHaveCount(10);
        await languages.getByText(say('github.as_table')).click();
      });

      await test.step('activity, repositories and facts follow', async () => {
        await expect(page.locator('.bars .day')).toHaveCount(12);
        await page.locator('.bars .day').nth(11).focus();
        await page.keyboard.press('ArrowLeft');
        await expect(page.locator('.bars .day').nth(10)).toBeFocused();
        const queue = profile.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'queue' }) });
        await expect(queue.getByRole('blockquote')).toContainText('loses nothing when a worker is killed');
        await expect(profile.getByText(say('github.flag_capped'))).toBeVisible();
        const landing = profile.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'landing' }) });
        await expect(landing.getByText(say('github.flag_generated'), { exact: true })).toBeVisible();
        await expect(landing.getByText(say('github.files_generated', { n: 1, part: '92%' }))).toBeVisible();
        await profile.getByText(say('github.show_facts')).click();
        await expect(page.locator('.cited li', { hasText: 'queue' }).first()).toContainText('Rust 62%');
      });

      await test.step('it becomes an interview about the repositories', async () => {
        const before = await github.calls();
        await page.getByRole('link', { name: say('github.to_interview'), exact: true }).click();
        await expect(page).toHaveURL(/\/interviews\/new\?github=/);
        await alive(page);
        await expect(page.getByLabel(say('material.github'), { exact: true })).toHaveValue('mina-dev');
        expect(await github.calls(), 'choosing asks nothing of GitHub').toBe(before);
        await page.goto('/github');
        await alive(page);
        await expect(profile.getByRole('heading', { level: 2 })).toHaveText('mina-dev');
      });

      await test.step('it looks well everywhere', async () => {
        await expectAccessible(page);
        if (language === 'en') await expectNoKorean(page);
        for (const [size, { viewport }] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
          await page.setViewportSize(viewport);
          await expectNoOverflow(page);
          await picture(page, `github/${language}-${size}`);
        }
        await page.emulateMedia({ colorScheme: 'dark' });
        await expectReadable(page);
        await picture(page, `github/${language}-dark`);
        await page.emulateMedia({ colorScheme: 'light' });
      });

      await test.step('it is kept: opening and pressing again call nobody', async () => {
        const before = await github.calls();
        await page.reload();
        await alive(page);
        await expect(profile.getByRole('heading', { level: 2 })).toHaveText('mina-dev');
        await expect(name).toHaveValue('mina-dev');
        await press.click();
        await expect(page.locator('.look-up').getByRole('status')).toHaveText(say('github.asked_nothing'));
        expect(await github.calls()).toBe(before);
      });

      await test.step('when GitHub refuses, what is shown stays and the reason is said', async () => {
        await github.script('limited');
        await name.fill('somebody-else');
        await press.click();
        await expect(page.locator('.look-up').getByRole('alert')).toContainText(say('words.github_limited'));
        await expect(profile.getByRole('heading', { level: 2 })).toHaveText('mina-dev');
        await expectAccessible(page);
        await picture(page, `github/${language}-limited`);
      });

      await test.step('the name is forgotten', async () => {
        await page.getByRole('button', { name: say('github.forget') }).click();
        await expect(page.getByRole('button', { name: say('github.forget') })).toHaveCount(0);
        await page.reload();
        await alive(page);
        await expect(name).toHaveValue('');
        await expect(profile).toHaveCount(0);
      });
    });

    test('what could not be read is told beside what could', async ({ page, github }) => {
      await github.script('fail-closely');
      await signedUp(page, language);
      await page.goto('/github');
      await alive(page);
      await page.getByLabel(say('github.user_name'), { exact: true }).fill('mina-dev');
      await page.getByRole('button', { name: say('github.look_up'), exact: true }).click();
      const missing = page.getByRole('region', { name: say('github.missing') });
      await expect(missing.getByRole('listitem')).toHaveCount(3);
      await expect(missing).toContainText(say('words.github_out_of_order'));
      await expect(missing).toContainText(say('github.instead_nothing'));
      await expect(page.locator('.shares-bars'), 'the number of repositories is known').toHaveCount(5);
      await expectNoOverflow(page);
      await expectAccessible(page);
      if (language === 'en') await expectNoKorean(page);
      await picture(page, `github/${language}-partly`);
    });

    test('the privacy page names who receives the name', async ({ page }) => {
      await page.goto('/privacy');
      await expect(page.getByText(say('privacy.github_text'))).toBeVisible();
      await expect(page.getByRole('heading', { name: /127\.0\.0\.1/ })).toBeVisible();
    });
  });
}
