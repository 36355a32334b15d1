// A cover letter: begun from usual items, counted, saved by itself, checked, outlined, taken back, written in two tabs and offline,
// found again and deleted; and with a model drafted and read.
import { type Page } from '@playwright/test';
import { alive, expectAccessible, expectNoKorean, expectNoOverflow, expectReadable, picture } from '../support/checks.ts';
import { signedUp } from '../support/people.ts';
import { DESKTOP, expect, modelTest, PHONE, test } from '../support/test.ts';
import { texts, type Language } from '../support/texts.ts';

const SCREENS = [
  { language: 'ko', screen: PHONE, locale: 'ko-KR' },
  { language: 'en', screen: DESKTOP, locale: 'en-GB' },
] as const satisfies { language: Language; screen: object; locale: string }[];

const TOLD = {
  ko: {
    experience: '동아리에서 지도 화면이 느려지는 문제를 맡았습니다. 로그를 분석해 캐시를 도입했습니다. 그 결과 신고가 줄었습니다.',
    answer: '우리는 지도를 만들었습니다. 귀사의 무궁한 발전을 빕니다. 서울대에서 배운 것을 잊지 않고 푸른은행에 기여하겠습니다.',
    rewritten: '다른 탭에서 고쳐 쓴 답변입니다. 같은 글이 아닙니다.',
    offline: '연결이 끊긴 동안 쓴 답변입니다.',
    gap: '[수치 필요]',
    cliche: '귀사의 무궁한 발전',
  },
  en: {
    experience: 'In an internship the map page was slow, and fixing it became my task. I added a cache. As a result it became faster.',
    answer: 'We built a map. We drew it together. As a team player I learned at Stanford, and I want to join Google.',
    rewritten: 'An answer that another tab has written. It is not the same text.',
    offline: 'An answer that was written while the line was dead.',
    gap: '[number needed]',
    cliche: 'team player',
  },
} as const;

/** The line that says whether everything is saved. */
async function expectSaved(page: Page): Promise<void> {
  await expect(page.locator('.save-line')).toHaveAttribute('data-state', 'saved', { timeout: 5_000 });
}

for (const { language, screen, locale } of SCREENS) {
  const say = texts(language);
  const told = TOLD[language];

  test.describe(`in ${language}`, () => {
    test.use({ ...screen, locale });

    test('a letter is written, checked, taken back and found again', async ({ page }) => {
      await signedUp(page, language);
      await page.goto('/letters');
      await alive(page);
      await expect(page.getByText(say('letters.empty'))).toBeVisible();
      for (const key of ['letters.import', 'letters.import_written']) {
        await expect(page.getByRole('link', { name: say(key), exact: true })).toHaveAttribute('href', '/documents/letter');
      }
      await page.getByRole('button', { name: say('letters.create'), exact: true }).click();
      await expect(page).toHaveURL(/\/letters\/[0-9a-f-]{36}$/);
      await alive(page);
      const button = (key: string) => page.getByRole('button', { name: say(key), exact: true });
      const field = (key: string) => page.getByLabel(say(key), { exact: true });
      const items = page.locator('.letter-item');
      const answer = items.first().getByLabel(say('letters.answer'), { exact: true });

      await test.step('usual items, counted at every stroke', async () => {
        await field('letters.letter_title').fill(language === 'ko' ? '하늘지도 상반기' : 'Skymap spring');
        await field('letters.company').fill(language === 'ko' ? '하늘지도' : 'Skymap');
        await field('letters.role').fill(language === 'ko' ? '백엔드 개발자' : 'Backend developer');
        await page.getByRole('button', { name: language === 'ko' ? '+ 직무역량' : '+ Skills for the role' }).click();
        await page.getByRole('button', { name: language === 'ko' ? '+ 지원동기' : '+ Why this company' }).click();
        await expect(items).toHaveCount(2);
        await expect(items.first().locator('.item-tip')).toBeVisible();
        await answer.fill('👨‍👩‍👧‍👦 가나\n다');
        await expect(items.first().locator('.count')).toContainText(language === 'ko' ? '6 / 700자' : '6 of 700 characters');
        const limit = items.first().locator('details.limit');
        await limit.locator('summary').click();
        await limit.getByLabel(say('letters.limit_max')).fill('4');
        await limit.getByLabel(say('letters.limit_max')).blur();
        await expect(items.first().locator('.counter .wrong')).toContainText('2');
        await expect(answer).toHaveAttribute('aria-invalid', 'true');
        await limit.getByLabel(say('letters.limit_newlines')).uncheck();
        await expect(items.first().locator('.count')).toContainText('5');
        await limit.getByLabel(say('letters.limit_max')).fill('700');
        await limit.getByLabel(say('letters.limit_max')).blur();
        await limit.locator('summary').click();
        await expectSaved(page);
      });

      await test.step('what is written is there after a reload', async () => {
        await answer.fill(told.answer);
        await expectSaved(page);
        await page.reload();
        await alive(page);
        await expect(answer).toHaveValue(told.answer);
        await expect(field('letters.company')).toHaveValue(language === 'ko' ? '하늘지도' : 'Skymap');
        await items.nth(1).getByRole('button', { name: say('letters.move_up', { n: 2 }), exact: true }).click();
        await expect(items.nth(1).getByLabel(say('letters.answer'), { exact: true })).toHaveValue(told.answer);
        await items.nth(1).getByRole('button', { name: say('letters.move_up', { n: 2 }), exact: true }).click();
        await expect(answer).toHaveValue(told.answer);
      });

      await test.step('the rules find what to fix, and light it up', async () => {
        await button('letters.check').click();
        const notes = items.first().locator('.item-notes');
        await expect(notes).toBeVisible();
        await expect(notes.locator('.note-list')).toContainText(say('letters.blind_school'));
        await expect(notes.locator('.note-list')).toContainText(say('letters.ownership'));
        const cliche = notes.getByRole('button', { name: say('letters.cliche') });
        await cliche.click();
        await expect(notes.locator('mark.active')).toHaveText(told.cliche);
        await expectNoOverflow(page);
        await expectAccessible(page);
        if (language === 'en') await expectNoKorean(page);
        await picture(page, `letters/${language}-checked`);
        await page.emulateMedia({ colorScheme: 'dark' });
        await expectReadable(page);
        await page.emulateMedia({ colorScheme: 'light' });
        // What is edited away is done.
        await answer.fill(told.answer.replace(told.cliche, ''));
        await expect(cliche).toHaveCount(0);
      });

      await test.step('an outline of the facts, compared before it is taken over', async () => {
        const facts = page.locator('details.letter-facts');
        if (!(await facts.evaluate((element: HTMLDetailsElement) => element.open))) await facts.locator('summary').click();
        await field('letters.experiences').fill(told.experience);
        await items.first().getByRole('button', { name: say('letters.outline'), exact: true }).click();
        const proposal = items.first().locator('.proposal');
        await expect(proposal).toContainText(say('letters.by_rules'));
        await expect(proposal.locator('ins').first()).toBeVisible();
        await expect(proposal).toContainText(told.gap);
        await expectNoOverflow(page);
        await expectAccessible(page);
        await picture(page, `letters/${language}-outline`);
        await proposal.getByRole('button', { name: say('letters.accept'), exact: true }).click();
        await expect(proposal).toHaveCount(0);
        await expect(answer).toHaveValue(new RegExp(told.gap.replace(/[[\]]/g, '\\$&')));
        await expectSaved(page);
      });

      await test.step('what was there before is taken back', async () => {
        await button('letters.show_history').click();
        const versions = page.locator('.version-list li');
        await expect(versions.first()).toContainText(say('letters.version_drafted'));
        await versions.nth(1).getByRole('button').click();
        await expect(page.locator('.opened-version del').first()).toBeVisible();
        await picture(page, `letters/${language}-history`);
        await button('letters.restore').click();
        await expect(page.getByText(say('letters.restored'))).toBeVisible();
        await expect(answer).not.toHaveValue(new RegExp(told.gap.replace(/[[\]]/g, '\\$&')));
        await expectSaved(page);
      });

      await test.step('files to take away', async () => {
        const id = new URL(page.url()).pathname.split('/').at(-1);
        for (const [name, ending] of [['letters.as_markdown', 'md'], ['letters.as_text', 'txt']] as const) {
          await expect(page.getByRole('link', { name: say(name), exact: true })).toHaveAttribute('href', `/letters/${id}/letter.${ending}`);
          const reply = await page.request.get(`/letters/${id}/letter.${ending}`);
          expect(reply.status()).toBe(200);
          expect(await reply.text()).toContain(language === 'ko' ? '하늘지도 상반기' : 'Skymap spring');
        }
      });

      await test.step('it becomes an interview as it is written now', async () => {
        await expect(page.getByRole('link', { name: say('letters.import'), exact: true })).toHaveAttribute('href', '/documents/letter');
        const id = new URL(page.url()).pathname.split('/').at(-1);
        const name = language === 'ko' ? '하늘지도 상반기 2차' : 'Skymap spring, second';
        await field('letters.letter_title').fill(name);
        // Before it is saved by itself.
        await page.getByRole('link', { name: say('letters.to_interview'), exact: true }).click();
        await expect(page).toHaveURL(`/interviews/new?letter=${id}`);
        await alive(page);
        await expect(page.locator('.material-choice').getByRole('checkbox', { name })).toBeChecked();
        await page.goto('/letters?q=nothing-of-that-name');
        await expect(page.getByText(say('letters.nothing_found'))).toBeVisible();
        await page.getByRole('link', { name: say('letters.show_all'), exact: true }).click();
        await expect(page.locator('.letter-row')).toHaveCount(1);
      });

      await test.step('it is found, copied and deleted in the archive', async () => {
        await page.goto('/letters?q=%ED%95%98%EB%8A%98&sort=title');
        await alive(page);
        await page.getByRole('searchbox').fill(language === 'ko' ? '하늘 상반기' : 'skymap spring');
        await page.getByRole('button', { name: say('letters.search'), exact: true }).click();
        await expect(page.locator('.letter-row')).toHaveCount(1);
        await expect(page.locator('.letter-row')).toContainText(say('letters.progress', { done: 1, all: 2 }));
        await expectNoOverflow(page);
        await expectAccessible(page);
        await picture(page, `letters/${language}-archive`);
        await page.locator('.letter-row').getByRole('button', { name: new RegExp(`^${say('letters.duplicate')}`) }).click();
        await expect(page).toHaveURL(/\/letters\/[0-9a-f-]{36}$/);
        await page.goto('/letters');
        await alive(page);
        await expect(page.locator('.letter-row')).toHaveCount(2);
        await page.locator('.letter-row').first().getByRole('button', { name: new RegExp(`^${say('letters.delete')}:`) }).click();
        const dialog = page.getByRole('dialog', { name: say('letters.delete_title') });
        await dialog.getByRole('button', { name: say('letters.delete'), exact: true }).click();
        await expect(page.locator('.letter-row')).toHaveCount(1);
      });
    });
  });
}

test.describe('when something is in the way', () => {
  const say = texts('ko');
  const told = TOLD.ko;
  test.use({ ...PHONE, locale: 'ko-KR' });

  async function begun(page: Page): Promise<void> {
    await signedUp(page);
    await page.goto('/letters');
    await alive(page);
    await page.getByRole('button', { name: say('letters.create'), exact: true }).click();
    await expect(page).toHaveURL(/\/letters\/[0-9a-f-]{36}$/);
    await alive(page);
    await page.getByRole('button', { name: '+ 지원동기' }).click();
    await page.getByLabel(say('letters.answer'), { exact: true }).fill('처음 쓴 답변입니다.');
    await expectSaved(page);
  }
  const answer = (page: Page) => page.getByLabel(say('letters.answer'), { exact: true });

  test('two tabs show both texts, and the person decides', async ({ page, context }) => {
    await begun(page);
    const other = await context.newPage();
    await other.goto(page.url());
    await alive(other);
    await answer(other).fill(told.rewritten);
    await expectSaved(other);
    await other.close();
    await answer(page).fill('이 탭에서 고친 답변입니다.');
    const conflict = page.locator('.conflict');
    await expect(conflict).toBeVisible();
    const toInterview = page.getByRole('link', { name: say('letters.to_interview'), exact: true });
    await expect(toInterview, 'nobody knows yet about which of the two').toHaveCount(0);
    await expect(conflict.locator('del').first()).toContainText('다른');
    await expect(answer(page)).toHaveValue('이 탭에서 고친 답변입니다.');
    await expectNoOverflow(page);
    await expectAccessible(page);
    await picture(page, 'letters/conflict');
    // Undecided, it is there again after a reload.
    await page.reload();
    await alive(page);
    await expect(conflict).toBeVisible();
    await expect(answer(page)).toHaveValue('이 탭에서 고친 답변입니다.');
    await conflict.getByRole('button', { name: say('letters.keep_mine'), exact: true }).click();
    await expect(conflict).toHaveCount(0);
    await expectSaved(page);
    await expect(toInterview).toBeVisible();
    // What gave way is in the history.
    await page.getByRole('button', { name: say('letters.show_history'), exact: true }).click();
    await page.locator('.version-list li').nth(1).getByRole('button').click();
    await expect(page.locator('.opened-version ins').first()).toContainText('다른');
  });

  test('a text that is written without a connection is saved when it is back', async ({ page, context, troubles }) => {
    troubles.expect(/ERR_INTERNET_DISCONNECTED|ERR_FAILED/);
    await begun(page);
    await context.setOffline(true);
    await answer(page).fill(told.offline);
    await expect(page.locator('.save-line')).toHaveAttribute('data-state', 'failed');
    await expect(page.locator('.save-line')).toContainText(say('letters.kept'));
    await picture(page, 'letters/offline', false);
    await context.setOffline(false);
    await expect(page.locator('.save-line')).toHaveAttribute('data-state', 'saved');
    await page.reload();
    await alive(page);
    await expect(answer(page)).toHaveValue(told.offline);
  });
});

modelTest.describe('with a model', () => {
  const say = texts('ko');
  const told = TOLD.ko;

  modelTest('a draft streams in, is revised, stopped and never made up', async ({ page, upstream }) => {
    await upstream.script('natural', { tokenDelay: 40 });
    await signedUp(page);
    await page.goto('/letters');
    await alive(page);
    await page.getByRole('button', { name: say('letters.create'), exact: true }).click();
    await expect(page).toHaveURL(/\/letters\/[0-9a-f-]{36}$/);
    await alive(page);
    await page.getByLabel(say('letters.experiences'), { exact: true }).fill(told.experience);
    await page.getByRole('button', { name: '+ 직무역량' }).click();
    const item = page.locator('.letter-item').first();
    const answer = item.getByLabel(say('letters.answer'), { exact: true });
    const proposal = item.locator('.proposal');
    const draft = item.getByRole('button', { name: say('letters.draft'), exact: true });

    await draft.click();
    await expect(proposal.locator('.proposal-text')).toContainText('동아리에서');
    await expect(proposal).toContainText(say('letters.by_model_named', { model: 'scripted' }));
    await expect(proposal).toContainText(told.gap);
    await expectNoOverflow(page);
    await expectAccessible(page);
    await picture(page, 'letters/draft');
    await proposal.getByRole('button', { name: say('letters.accept'), exact: true }).click();
    await expect(answer).toHaveValue(/캐시를 도입했습니다/);
    await expectSaved(page);

    await item.locator('details.instruct summary').click();
    await item.getByLabel(say('letters.instruction')).fill('결과부터');
    await item.getByRole('button', { name: say('letters.revise'), exact: true }).click();
    await expect(proposal.locator('ins').first()).toContainText('(결과부터)');
    await proposal.getByRole('button', { name: say('letters.reject'), exact: true }).click();
    await expect(proposal).toHaveCount(0);
    await expect(answer).toHaveValue(/^동아리에서/);

    // Numbers that nobody told are named.
    await upstream.script('over-praise');
    await draft.click();
    await expect(proposal.getByRole('alert')).toContainText('987배');

    // A page that is left loses nothing of what comes.
    await upstream.script('natural', { tokenDelay: 200 });
    await draft.click();
    await expect(proposal.locator('.proposal-text')).toContainText('동아리');
    await page.reload();
    await expect(proposal.locator('.proposal-text')).toContainText('동아리');
    await proposal.getByRole('button', { name: say('letters.stop'), exact: true }).click();
    await expect(proposal.locator('ins, del').first()).toBeVisible();

    await upstream.script('natural');
    await page.getByRole('button', { name: say('letters.ask_points'), exact: true }).click();
    await expect(page.getByText(say('letters.n_points', { n: 1 }))).toBeVisible();
    await item.locator('.item-notes').getByRole('button').first().click();
    await expect(item.locator('.item-notes mark.active')).toBeVisible();
    await picture(page, 'letters/points');

    // What the person wrote travels in the user role alone.
    for (const { messages } of await upstream.requests()) {
      for (const { role, content } of messages) {
        if (role !== 'user') expect(content).not.toContain('동아리에서');
      }
    }
  });
});
