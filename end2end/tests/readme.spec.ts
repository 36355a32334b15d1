// The picture of the room in the README.
import { asked } from '../support/bank.ts';
import { picture } from '../support/checks.ts';
import { act, answer, call, signedUp, spoken, started } from '../support/people.ts';
import { Room } from '../support/room.ts';
import { expect, test } from '../support/test.ts';

test.use({ viewport: { width: 1280, height: 1000 }, deviceScaleFactor: 2, colorScheme: 'light' });

test('the room makes a good picture', async ({ page }) => {
  await signedUp(page);
  const profile = { display_name: '김미나', language: 'ko', time_zone: 'Asia/Seoul', fields: ['cs'] };
  await call(page, 'accounts/save-profile', { edit: profile });
  const id = await started(page, { topics: ['os'] });
  let view = await spoken(page, id);
  const question = asked('ko', view.turns[0].text);
  const [best] = question.samples.toSorted((one, other) => other.expect.length - one.expect.length);
  await answer(page, id, view, best.text);
  view = await spoken(page, id);
  await answer(page, id, view, question.modelAnswer.split(/(?<=[.?!]) /).slice(-2).join(' '));
  view = await spoken(page, id);
  await act(page, id, view, 'skip');
  await spoken(page, id);

  const room = new Room(page, 'ko');
  await room.open(id);
  await expect(room.feedback).toHaveCount(1);
  await page.locator('.turn.candidate').nth(1).evaluate((turn) => turn.scrollIntoView({ block: 'start' }));
  await picture(page, 'readme', false);
});
