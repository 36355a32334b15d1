// The picture of the room in the README.
import { asked, halfAnswer } from '../support/bank.ts';
import { alive, picture } from '../support/checks.ts';
import { act, answer, call, signedUp, spoken, started } from '../support/people.ts';
import { Room } from '../support/room.ts';
import { expect, test } from '../support/test.ts';

test.use({ viewport: { width: 1280, height: 860 }, deviceScaleFactor: 2, colorScheme: 'light' });

test('the room makes a good picture', async ({ page }) => {
  await signedUp(page);
  const profile = { display_name: '김미나', language: 'ko', time_zone: 'Asia/Seoul', fields: ['cs'] };
  await call(page, 'accounts/save-profile', { edit: profile });
  const id = await started(page, { topics: ['os'] });
  let view = await spoken(page, id);
  const question = asked('ko', view.turns[0].text);
  await answer(page, id, view, halfAnswer(question));
  view = await spoken(page, id);
  await answer(page, id, view, question.modelAnswer);
  view = await spoken(page, id);
  await act(page, id, view, 'skip');
  await spoken(page, id);

  const room = new Room(page, 'ko');
  await page.goto(`/interviews/${id}`);
  await alive(page);
  await room.asks(4);
  await expect(room.feedback).toHaveCount(1);
  await picture(page, 'readme', false);
});
