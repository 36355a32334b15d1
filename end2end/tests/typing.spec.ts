// Writing an answer: the Korean input method, Enter, and keys alone.
import type { CDPSession, Page } from '@playwright/test';
import { answersOf, signedUp, started } from '../support/people.ts';
import { Room } from '../support/room.ts';
import { expect, test } from '../support/test.ts';

/** Puts a text together as the Korean input method does, and leaves its last syllable open. */
async function compose(keyboard: CDPSession, states: string[]): Promise<void> {
  for (const text of states) {
    await keyboard.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  }
}

/** Enter as the browser sees it while the input method has the key. */
async function enterInComposition(keyboard: CDPSession): Promise<void> {
  const key = { key: 'Process', code: 'Enter', windowsVirtualKeyCode: 229 };
  await keyboard.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key });
  await keyboard.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
}

function countAnswers(page: Page): () => number {
  let sent = 0;
  page.on('request', (request) => {
    if (request.url().endsWith('/web/interview/answer')) sent += 1;
  });
  return () => sent;
}

test('Enter while a syllable is put together belongs to the input method; one Enter after it sends once', async ({ page, context }) => {
  await signedUp(page);
  const room = new Room(page, 'ko');
  const id = await started(page);
  await room.open(id);
  const sent = countAnswers(page);
  const keyboard = await context.newCDPSession(page);
  await room.field.focus();
  await compose(keyboard, ['ㅎ', '하', '한']);
  await keyboard.send('Input.insertText', { text: '한' });
  await compose(keyboard, ['ㄱ', '그', '글']);
  await enterInComposition(keyboard);
  // Some browsers name the key, and say only with this that the input method has it.
  await page.keyboard.press('Enter');
  await keyboard.send('Input.insertText', { text: '글' });
  // Safari tells of the Enter that ends a composition after its end, with the old code.
  await room.field.evaluate((field) => {
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true, cancelable: true } as KeyboardEventInit));
  });
  await room.field.pressSequentially(' 답변');
  expect(sent()).toBe(0);
  const written = await room.field.inputValue();
  expect(written.replace(/\n/g, '')).toBe('한글 답변');

  await page.keyboard.press('Enter');
  await room.asks(2);
  expect(sent()).toBe(1);
  expect(await answersOf(page, id)).toEqual([written]);
  await expect(room.field).toHaveValue('');
  await expect(room.field).toBeFocused();
});

test('Shift and Enter break the line, Enter sends, and a key held down sends once', async ({ page }) => {
  await signedUp(page);
  const room = new Room(page, 'ko');
  const id = await started(page);
  await room.open(id);
  const sent = countAnswers(page);
  await room.field.focus();
  await page.keyboard.press('Enter');
  await expect(room.field).toHaveValue('');
  await page.keyboard.type('첫 줄');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('둘째 줄');
  await expect(room.field).toHaveValue('첫 줄\n둘째 줄');
  await page.keyboard.down('Enter');
  await page.keyboard.down('Enter');
  await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await room.asks(2);
  expect(sent()).toBe(1);
  expect(await answersOf(page, id)).toEqual(['첫 줄\n둘째 줄']);
  await expect(room.field).toHaveValue('');
});

test('an answer that is too long says so and stays', async ({ page }) => {
  await signedUp(page);
  const room = new Room(page, 'ko');
  const id = await started(page);
  await room.open(id);
  const long = '가'.repeat(20_001);
  await room.field.fill(long);
  await expect(page.getByText(room.say('interview.too_long', { over: 1, max: 20_000 }))).toBeVisible();
  await expect(room.send).toBeDisabled();
  await room.field.press('Enter');
  await expect(room.field).toHaveValue(long);
  await room.field.press('Backspace');
  await expect(page.getByText(room.say('interview.count', { n: 20_000, max: 20_000 }))).toBeVisible();
  await room.field.press('Enter');
  await room.asks(2);
  expect(await answersOf(page, id)).toEqual(['가'.repeat(20_000)]);
});

test('the conversation stays where somebody reads, and follows at its end', async ({ page }) => {
  await signedUp(page);
  const room = new Room(page, 'ko');
  await room.open(await started(page));
  const frame = page.locator('.transcript');
  const fromEnd = () => frame.evaluate((frame) => frame.scrollHeight - frame.scrollTop - frame.clientHeight);
  await room.answer('짧은 대답을 여러 줄로 씁니다.\n'.repeat(30));
  await expect.poll(fromEnd).toBeLessThan(80);
  await frame.evaluate((frame) => frame.scrollTo(0, 0));
  await room.answer('둘째 대답입니다.\n'.repeat(10));
  expect(await frame.evaluate((frame) => frame.scrollTop)).toBe(0);
  await page.getByRole('button', { name: room.say('interview.see_news') }).click();
  await expect.poll(fromEnd).toBeLessThan(80);

  // A long answer takes room from the conversation, and the question stays in sight.
  await expect.poll(fromEnd).toBeLessThan(2);
  await room.field.fill('여러 줄로 쓰는 대답\n'.repeat(12));
  await expect.poll(fromEnd).toBeLessThan(2);
  await page.setViewportSize({ width: 1280, height: 560 });
  await expect.poll(fromEnd).toBeLessThan(2);
});
