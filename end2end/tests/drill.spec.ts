// A point that was missed: it becomes a card, is remembered, and comes back later.
import { alive, expectAccessible, expectNoOverflow, picture } from '../support/checks.ts';
import { call, missed, signedUp } from '../support/people.ts';
import { DESKTOP, expect, PHONE, test } from '../support/test.ts';
import { texts } from '../support/texts.ts';

const say = texts('ko');

interface Due {
  drill: { due: number; counts: { new: number; learning: number; review: number } };
}

test.describe('on a desktop', () => {
  test.use({ ...DESKTOP, locale: 'ko-KR' });

  test('a missed point is remembered with the keyboard and comes back later', async ({ page }) => {
    await signedUp(page);
    const { question } = await missed(page);
    const { drill } = await call<Due>(page, 'drill/due');
    expect(drill.due).toBeGreaterThan(0);

    await page.goto('/drill');
    await alive(page);
    const card = page.locator('.drill-card');
    const field = page.getByLabel(say('drill.recall'), { exact: true });
    await expect(page.getByText(say('drill.due', { n: drill.due }))).toBeVisible();
    await expect(card).toContainText(say('drill.hint'));
    await expect(card.locator('.drill-say')).toHaveCount(0);
    await picture(page, 'drill/asked');

    await field.fill(question.modelAnswer);
    await field.press('Control+Enter');
    const point = card.locator('.drill-point');
    await expect(point).toBeFocused();
    await expect(point.locator('.point')).toHaveAttribute('data-verdict', 'covered');
    await expect(point.locator('mark').first()).toBeVisible();
    const good = point.getByRole('button', { name: say('words.minutes', { n: 10 }) });
    await expect(good).toContainText(say('drill.suggested'));
    await point.getByText(say('report.model_answer')).click();
    await expect(point.locator('.prose').last()).toBeVisible();
    await expectNoOverflow(page);
    await expectAccessible(page);
    await picture(page, 'drill/checked');

    // The focus goes where the hands are: what is pressed next is written into the next card, or there is none.
    await point.focus();
    await page.keyboard.press('3');
    for (let left = drill.due - 1; left > 0; left -= 1) {
      await expect(page.getByText(say('drill.due', { n: left }))).toBeVisible();
      await expect(field).toBeFocused();
      await expect(field).toHaveValue('');
      await page.keyboard.press('Control+Enter');
      await expect(point).toBeFocused();
      await page.keyboard.press('4');
    }
    const done = page.getByRole('heading', { name: say('drill.done_title') });
    await expect(done).toBeFocused();
    await expect(page.locator('.drill-next time')).toBeVisible();
    await picture(page, 'drill/done');
  });
});

test.describe('on a phone', () => {
  test.use({ ...PHONE, locale: 'ko-KR' });

  test('nothing written is lost when the line is, and a card can be deleted', async ({ page, troubles }) => {
    troubles.expect(/ERR_INTERNET_DISCONNECTED|ERR_FAILED/);
    await signedUp(page);
    await missed(page);
    const { drill } = await call<Due>(page, 'drill/due');
    await page.goto('/drill');
    await alive(page);
    const field = page.getByLabel(say('drill.recall'), { exact: true });
    const check = page.getByRole('button', { name: say('drill.check'), exact: true });
    await page.route('**/web/drill/check', (route) => route.abort('internetdisconnected'));
    await field.fill('생각나는 만큼 적은 글');
    await check.tap();
    await expect(page.locator('.drill-card [role="alert"]')).toContainText(say('drill.kept'));
    await expect(field).toHaveValue('생각나는 만큼 적은 글');
    await page.unroute('**/web/drill/check');
    await check.tap();
    await expect(page.locator('.drill-point .said')).toHaveText('생각나는 만큼 적은 글');
    await expectNoOverflow(page);
    await picture(page, 'drill/checked-phone');

    await page.locator('.all-cards > summary').tap();
    const rows = page.locator('.card-list > li');
    await expect(rows).toHaveCount(drill.due);
    await rows.last().getByRole('button', { name: new RegExp(`^${say('drill.remove')}`) }).tap();
    const dialog = page.getByRole('dialog', { name: say('drill.remove_title') });
    await picture(page, 'drill/delete', false);
    await dialog.getByRole('button', { name: say('drill.remove'), exact: true }).tap();
    await expect(dialog).toBeHidden();
    await expect(rows).toHaveCount(drill.due - 1);
  });
});
