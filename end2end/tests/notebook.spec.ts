// The notebook: a star and a memo from the report, found again, written in two tabs, and forgotten.
import { alive, expectAccessible, expectNoOverflow, picture } from '../support/checks.ts';
import { missed, OFF_TOPIC, signedUp } from '../support/people.ts';
import { expect, PHONE, test } from '../support/test.ts';
import { texts } from '../support/texts.ts';

const say = texts('ko');

test.describe('on a phone', () => {
  test.use({ ...PHONE, locale: 'ko-KR' });

  test('a star and a memo in the report are found again in the notebook', async ({ page, context }) => {
    await signedUp(page);
    const { id, question } = await missed(page);
    await page.goto(`/interviews/${id}/report`);
    await alive(page);
    const asked = page.locator('.report-question').first();
    const star = asked.getByRole('button', { name: say('notebook.favourite') });
    await expect(star).toHaveAttribute('aria-pressed', 'false');
    await star.tap();
    await expect(star).toHaveAttribute('aria-pressed', 'true');
    await asked.getByRole('button', { name: say('notebook.write_memo') }).tap();
    await asked.getByLabel(say('notebook.memo'), { exact: true }).fill('다음에는 예부터 든다');
    await asked.getByRole('button', { name: say('notebook.save'), exact: true }).tap();
    await expect(asked.getByText(say('notebook.saved'))).toBeVisible();
    await expect(asked.locator('.memo-text')).toHaveText('다음에는 예부터 든다');
    await expectNoOverflow(page);

    await page.goto('/notebook');
    await alive(page);
    const entry = page.locator('.entry').filter({ hasText: question.question });
    await expect(entry).toHaveCount(1);
    await expect(entry.locator('.memo-text')).toHaveText('다음에는 예부터 든다');
    await entry.getByRole('button', { name: say('notebook.more') }).tap();
    await expect(entry.locator('.earlier .said').first()).toHaveText(OFF_TOPIC);
    await expect(entry.locator('.prose').last()).toBeVisible();
    await expectNoOverflow(page);
    await expectAccessible(page);
    await picture(page, 'notebook/entry');

    // Another tab writes first; nobody's words are replaced unasked.
    const other = await context.newPage();
    await other.goto('/notebook?show=memos');
    await alive(other);
    const edit = (tab: typeof page) => tab.locator('.entry').getByRole('button', { name: say('notebook.edit_memo') });
    const memo = (tab: typeof page) => tab.locator('.entry').getByLabel(say('notebook.memo'), { exact: true });
    const save = (tab: typeof page) => tab.locator('.entry').getByRole('button', { name: say('notebook.save'), exact: true });
    await page.goto('/notebook?show=memos');
    await alive(page);
    await edit(page).tap();
    await memo(page).fill('이 탭의 글');
    await edit(other).tap();
    await memo(other).fill('다른 탭의 글');
    await save(other).tap();
    await expect(other.getByText(say('notebook.saved'))).toBeVisible();
    await other.close();
    await save(page).tap();
    await expect(page.getByText(say('notebook.changed_elsewhere'))).toBeVisible();
    await expect(page.locator('.memo-form blockquote')).toHaveText('다른 탭의 글');
    await expect(memo(page)).toHaveValue('이 탭의 글');
    await picture(page, 'notebook/changed-elsewhere', false);
    await save(page).tap();
    await expect(page.locator('.entry .memo-text')).toHaveText('이 탭의 글');

    await page.getByRole('link', { name: say('notebook.show_favourites'), exact: true }).tap();
    await expect(page).toHaveURL('/notebook?show=favourites');
    await expect(page.locator('.entry')).toHaveCount(1);
    await page.locator('.entry').getByRole('link', { name: say('notebook.to_report') }).tap();
    await expect(page).toHaveURL(`/interviews/${id}/report#question-1`);
    await page.goBack();
    await page.locator('.entry').getByRole('button', { name: new RegExp(`^${say('notebook.forget')}`) }).tap();
    const dialog = page.getByRole('dialog', { name: say('notebook.forget_title') });
    await dialog.getByRole('button', { name: say('notebook.forget'), exact: true }).tap();
    await expect(page.getByText(say('notebook.empty'))).toBeVisible();
  });

  test('a memo that was not saved is there when its page comes back', async ({ page }) => {
    await signedUp(page);
    await missed(page);
    await page.goto('/notebook');
    await alive(page);
    const entry = page.locator('.entry').first();
    await entry.getByRole('button', { name: say('notebook.write_memo') }).tap();
    await entry.getByLabel(say('notebook.memo'), { exact: true }).fill('쓰다 만 메모');
    await page.reload();
    await alive(page);
    await expect(entry.getByLabel(say('notebook.memo'), { exact: true })).toHaveValue('쓰다 만 메모');
    await entry.getByRole('button', { name: say('ui.cancel') }).tap();
    await expect(entry.getByRole('button', { name: say('notebook.write_memo') })).toBeVisible();
  });
});
