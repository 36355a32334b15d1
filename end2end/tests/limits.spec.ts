// Where a person meets an end: the day's allowance, the session, a page that is not theirs, a browser without scripts.
import { alive, picture } from '../support/checks.ts';
import { answersOf, finished, signedUp, started } from '../support/people.ts';
import { Room } from '../support/room.ts';
import { expect, test } from '../support/test.ts';
import { texts } from '../support/texts.ts';

const say = texts('ko');

test('when the allowance is used up the setup says so and keeps what was chosen', async ({ page, daedap }) => {
  const person = await signedUp(page);
  await daedap.command('user', 'set-limit', person.username, '1');
  await page.goto('/interviews/new');
  await expect(page.getByText(say('setup.allowance', { used: 0, limit: 1 }))).toBeVisible();
  await started(page);

  // This page does not know yet.
  const start = page.getByRole('button', { name: say('setup.start'), exact: true });
  await page.getByRole('radio', { name: say('words.field_frontend') }).check();
  await page.getByRole('radio', { name: '4', exact: true }).check();
  await start.click();
  await expect(page.locator('form.setup .form-notice[role="alert"]')).toHaveText(say('words.quota_reached'));
  await expect(page.getByText(say('setup.used_up'))).toBeVisible();
  await expect(page).toHaveURL('/interviews/new');
  await picture(page, 'limits/quota-reached');

  await page.reload();
  await alive(page);
  await expect(page.getByText(say('setup.allowance', { used: 1, limit: 1 }))).toBeVisible();
  await expect(page.getByText(say('setup.used_up'))).toBeVisible();
  await expect(page.getByRole('radio', { name: say('words.field_frontend') })).toBeChecked();
  await expect(page.getByRole('radio', { name: '4', exact: true })).toBeChecked();
  await page.goto('/allowance');
  await expect(page.getByText(say('quotas.used', { used: 1, limit: 1 }))).toBeVisible();
  await picture(page, 'limits/allowance-used-up');
});

test('a session that ends in the room is told, and nothing written is lost', async ({ page, context, troubles }) => {
  troubles.expect(/\b401\b/);
  const person = await signedUp(page);
  const id = await started(page);
  const room = new Room(page, 'ko');
  await room.open(id);
  await room.field.fill('로그아웃되기 전에 쓴 대답입니다.');
  const other = await context.newPage();
  await other.goto('/interviews');
  await other.locator('.site-header .wide').getByRole('button', { name: say('ui.sign_out') }).click();
  await expect(other.getByRole('link', { name: say('home.start') })).toBeVisible();
  await other.close();
  await expect(page.locator('.banner')).toContainText(say('interview.signed_out'));

  await room.send.click();
  const notice = page.locator('.composer-notice');
  await expect(notice).toContainText(say('interview.signed_out'));
  await expect(room.field).toHaveValue('로그아웃되기 전에 쓴 대답입니다.');
  await picture(page, 'limits/signed-out', false);
  await notice.getByRole('link', { name: say('ui.sign_in') }).click();
  await page.locator('input[name="username"]').fill(person.username);
  await page.locator('input[name="password"]').fill(person.password);
  await room.alive(() => page.locator('form.stack').getByRole('button', { name: say('accounts.login'), exact: true }).click());
  await expect(page).toHaveURL(`/interviews/${id}`);
  await expect(room.field).toHaveValue('로그아웃되기 전에 쓴 대답입니다.');
  await room.field.press('Enter');
  await room.asks(2);
  expect(await answersOf(page, id)).toEqual(['로그아웃되기 전에 쓴 대답입니다.']);
});

test('somebody else’s interview is not found', async ({ page, browser, baseURL, troubles }) => {
  troubles.expect(/\b404\b/);
  const stranger = await browser.newContext({ baseURL });
  const theirs = await stranger.newPage();
  await signedUp(theirs);
  const id = await started(theirs);
  await stranger.close();
  await signedUp(page);
  for (const address of [`/interviews/${id}`, `/interviews/${id}/report`, '/interviews/nonsense']) {
    const reply = await page.goto(address);
    expect(reply?.status()).toBe(404);
    await expect(page.getByRole('heading', { name: say('ui.not_found_title') })).toBeVisible();
  }
  await page.getByRole('link', { name: say('ui.to_history') }).click();
  await expect(page.getByText(say('history.empty'))).toBeVisible();
});

test('without scripts everything can be read, and nothing can be pressed that would be lost', async ({ page, browser, baseURL, troubles }) => {
  await signedUp(page);
  const id = await finished(page, 'ko');
  const bare = await browser.newContext({ baseURL, javaScriptEnabled: false, storageState: await page.context().storageState() });
  troubles.watch(bare);
  troubles.expect(/failed request: csp .*\.js/);
  const plain = await bare.newPage();
  await plain.goto(`/interviews/${id}/report`);
  await expect(plain.locator('.report-question')).toHaveCount(3);
  await expect(plain.locator('.report-question mark').first()).toBeVisible();
  await plain.locator('.model-answer summary').first().click();
  await expect(plain.locator('.model-answer .prose').first()).toBeVisible();
  await plain.goto('/interviews');
  await expect(plain.locator('.history-row')).toHaveCount(1);
  await plain.locator('.history-row a').click();
  await expect(plain.locator('.report-question')).toHaveCount(3);
  await plain.locator('.site-header .wide').getByRole('button', { name: say('ui.sign_out') }).click();
  await expect(plain).toHaveURL('/');
  for (const [address, button] of [['/register', 'accounts.register'], ['/login', 'accounts.login']]) {
    await plain.goto(address);
    await expect(plain.locator('input[name="username"]')).toBeVisible();
    await expect(plain.locator('form.stack').getByRole('button', { name: say(button), exact: true })).toBeDisabled();
    const why = plain.locator('noscript.form-notice');
    await expect(why).toBeVisible();
    expect(await why.innerText()).toBe(say('ui.needs_scripts'));
  }
  await picture(plain, 'limits/without-scripts');
  await bare.close();
});
