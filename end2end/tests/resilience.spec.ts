// Nothing is lost: by a reload, in a second tab, without a network, when Daedap itself falls over.
import { halfAnswer } from '../support/bank.ts';
import { alive, picture } from '../support/checks.ts';
import { answersOf, roomOf, signedUp, started } from '../support/people.ts';
import { Room } from '../support/room.ts';
import { expect, loneTest, test } from '../support/test.ts';

const DRAFT = '프로세스는 독립된 메모리를 가지고, 스레드는 (아직 쓰는 중)';
/** What a browser says when nobody answers. */
const UNREACHABLE = [/ERR_CONNECTION_REFUSED/, /ERR_INTERNET_DISCONNECTED/, /ERR_INCOMPLETE_CHUNKED_ENCODING/, /ERR_EMPTY_RESPONSE/, /ERR_CONNECTION_RESET/];

test('a draft survives a reload at once, and within three seconds it is on the server', async ({ page }) => {
  await signedUp(page);
  const room = new Room(page, 'ko');
  const id = await started(page);
  await room.open(id);
  await room.field.pressSequentially('바로 새로고침');
  await room.alive(() => page.reload());
  await expect(room.field).toHaveValue('바로 새로고침');

  await room.field.fill(DRAFT);
  await expect.poll(async () => (await roomOf(page, id)).draft, { timeout: 3_000 }).toBe(DRAFT);
  // On another device: nothing is kept in the browser there.
  await page.evaluate(() => localStorage.clear());
  await room.alive(() => page.reload());
  await expect(room.field).toHaveValue(DRAFT);

  await room.answer(DRAFT);
  await expect(room.field).toHaveValue('');
  await room.alive(() => page.reload());
  await expect(room.field).toHaveValue('');
  expect(await room.answers()).toEqual([DRAFT]);
});

test('a second tab follows, and a tab that was left behind loses nothing', async ({ page, context, troubles }) => {
  await signedUp(page);
  const id = await started(page);
  const here = new Room(page, 'ko');
  await here.open(id);
  const there = new Room(await context.newPage(), 'ko');
  await there.open(id);

  const half = halfAnswer(await here.question());
  await here.answer(half);
  await there.asks(2);
  expect(await there.answers()).toEqual([half]);
  await there.field.fill('다른 탭에서 한 대답입니다.');
  await there.send.click();
  await here.asks(4);
  await expect(here.turns).toHaveCount(await there.turns.count());

  // This tab hears nothing any more and does not know that its turn is over.
  troubles.expect(/events/, /409/, ...UNREACHABLE);
  await page.route('**/events*', (route) => route.abort('internetdisconnected'));
  await page.reload();
  await alive(page);
  await expect(page.locator('.banner')).toHaveText(here.say('interview.connection_lost'));
  await there.answer('먼저 보낸 대답입니다.');
  await here.field.fill('늦게 보낸 대답입니다.');
  await here.send.click();
  await expect(page.getByText(here.say('interview.answered_elsewhere'))).toBeVisible();
  await expect(here.field).toHaveValue('늦게 보낸 대답입니다.');
  await picture(page, 'resilience/answered-elsewhere', false);
  expect(await answersOf(page, id)).not.toContain('늦게 보낸 대답입니다.');
});

test('without a network the answer stays, and arrives once when the network is back', async ({ page, context, troubles }) => {
  troubles.expect(...UNREACHABLE);
  await signedUp(page);
  const room = new Room(page, 'ko');
  const id = await started(page);
  await room.open(id);
  const half = halfAnswer(await room.question());
  await room.field.fill(half);
  await context.setOffline(true);
  await expect(page.locator('.banner')).toHaveText(room.say('interview.connection_lost'));
  // What is told covers no button.
  await room.action('pause').click({ trial: true });
  await room.action('finish').click({ trial: true });
  await room.send.click();
  await expect(page.getByText(room.say('interview.not_sent'))).toBeVisible();
  await expect(room.field).toHaveValue(half);
  await picture(page, 'resilience/offline', false);

  await context.setOffline(false);
  await page.getByRole('button', { name: room.say('interview.send_again') }).click();
  await room.asks(2);
  await expect(page.locator('.banner')).toBeEmpty();
  await expect(page.getByText(room.say('interview.not_sent'))).toBeHidden();
  expect(await answersOf(page, id)).toEqual([half]);
});

test('an answer whose reply is lost has arrived once it is heard', async ({ page, troubles }) => {
  troubles.expect(/ERR_FAILED|ERR_CONNECTION/);
  await signedUp(page);
  const room = new Room(page, 'ko');
  const id = await started(page);
  await room.open(id);
  const half = halfAnswer(await room.question());
  await page.route(
    '**/web/interview/answer',
    async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    },
    { times: 1 },
  );
  await room.field.fill(half);
  await room.field.press('Enter');
  await room.asks(2);
  // The line brings the answer itself: it has arrived, and nothing says otherwise.
  await expect(room.field).toHaveValue('');
  await expect(page.getByText(room.say('interview.not_sent'))).toBeHidden();
  expect(await answersOf(page, id)).toEqual([half]);
});

loneTest('when Daedap falls over in the middle of a turn, everything comes back', async ({ page, lone, troubles }) => {
  troubles.expect(...UNREACHABLE, /status 50\d/);
  await signedUp(page);
  const room = new Room(page, 'ko');
  const id = await started(page);
  await room.open(id);
  const half = halfAnswer(await room.question());
  await room.field.fill(half);
  const taken = page.waitForResponse('**/web/interview/answer');
  await room.field.press('Enter');
  await taken;
  await lone.kill();
  await expect(page.locator('.banner')).toHaveText(room.say('interview.connection_lost'));
  await room.field.fill(DRAFT);
  await lone.startAgain();

  await room.asks(2);
  await expect(page.locator('.banner')).toBeEmpty();
  await expect(room.field).toHaveValue(DRAFT);
  await room.answer(DRAFT);
  expect(await answersOf(page, id)).toEqual([half, DRAFT]);
  const { turns } = await roomOf(page, id);
  expect(turns.every((turn) => turn.status === 'done')).toBe(true);
  await room.alive(() => page.reload());
  await expect(room.turns).toHaveCount(turns.length);
});
