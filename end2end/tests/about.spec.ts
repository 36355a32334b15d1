// A cover letter becomes an interview becomes a report: with the built-in interviewer, and with a model that is scripted.
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { alive, expectAccessible, expectNoKorean, expectNoOverflow, expectReadable, picture } from '../support/checks.ts';
import { call, roomOf, signedUp } from '../support/people.ts';
import { Room } from '../support/room.ts';
import { DESKTOP, expect, modelTest, PHONE, test } from '../support/test.ts';
import { texts, type Language } from '../support/texts.ts';

const SCREENS = [
  { language: 'ko', screen: PHONE, locale: 'ko-KR' },
  { language: 'en', screen: DESKTOP, locale: 'en-GB' },
] as const satisfies { language: Language; screen: object; locale: string }[];

const LETTERS = {
  ko: {
    title: '가나다 백엔드 지원서',
    item: '가장 기억에 남는 일을 적어 주세요.',
    claim: '저희 팀은 주문 서비스에 레디스를 도입해 조회 시간을 40% 줄였습니다.',
    answer: '제가 캐시를 직접 구현했습니다. 주문 서비스의 조회 시간은 사실 25% 줄었습니다. 다른 팀원은 화면을 맡았습니다.',
    said: '주문 서비스의 조회 시간은 사실 25% 줄었습니다.',
  },
  en: {
    title: 'Back end at Example Ltd',
    item: 'What are you proud of?',
    claim: 'We introduced Redis and cut the query latency of the order service by 40 percent.',
    answer:
      'I implemented the cache myself. To be exact, the query latency of the order service fell by 25 percent. My teammates built the screens.',
    said: 'To be exact, the query latency of the order service fell by 25 percent.',
  },
} as const;

/** Keeps a letter with one answer and returns its id. */
async function letter(page: Page, language: Language): Promise<string> {
  const { title, item, claim } = LETTERS[language];
  const content = {
    title,
    language,
    company: '',
    role: '',
    posting: '',
    facts: { experiences: '', strengths: '', tone: 'plain', length: 700 },
    items: [{ id: randomUUID(), question: item, answer: claim, limit: null, tip: '' }],
  };
  const made = await call<{ Ok?: string }>(page, 'letters/create', { letter: { request_id: randomUUID(), content } });
  return made.Ok as string;
}

/** Goes from the letter to the setup, looks at what would be asked, and starts. Returns the id of the interview. */
async function startedOn(page: Page, language: Language, id: string): Promise<string> {
  const say = texts(language);
  const { title, claim } = LETTERS[language];
  await page.goto(`/letters/${id}`);
  await alive(page);
  await page.getByRole('link', { name: say('letters.to_interview'), exact: true }).click();
  await expect(page).toHaveURL(`/interviews/new?letter=${id}`);
  await alive(page);
  const section = page.locator('.material-choice');
  await expect(section.getByRole('checkbox', { name: title })).toBeChecked();
  await expect(section.getByText(say('material.mix', { own: 3, bank: 2 }))).toBeVisible();
  await section.getByRole('button', { name: say('material.look'), exact: true }).click();
  await expect(section.locator('.statements li')).toHaveCount(1);
  await expect(section.locator('.statements')).toContainText(claim);
  await expectNoOverflow(page);
  await expectAccessible(page);
  await picture(page, `about/${language}-setup`);
  await page.getByRole('radio', { name: '3', exact: true }).check({ force: true });
  await page.getByRole('button', { name: say('setup.start'), exact: true }).click();
  await page.waitForURL(/\/interviews\/[0-9a-f-]{36}$/);
  return page.url().split('/').at(-1) as string;
}

/** Answers the question about the letter, and leaves out the others. */
async function sat(room: Room, id: string, answer: string): Promise<void> {
  await room.asks(0);
  await room.answer(answer);
  while (!(await room.ending.isVisible())) {
    const { turns } = await roomOf(room.page, id);
    if (turns.at(-1)?.kind === 'closing') break;
    await room.action('skip').click();
    await room.asks(turns.length + 1);
  }
  await expect(room.ending).toBeVisible();
}

for (const { language, screen, locale } of SCREENS) {
  const say = texts(language);
  const { title, claim, answer, said } = LETTERS[language];

  test.describe(`in ${language}`, () => {
    test.use({ ...screen, locale });

    test('a cover letter becomes an interview becomes a report', async ({ page, browser, baseURL, troubles }) => {
      await signedUp(page, language);
      const own = await letter(page, language);
      const id = await startedOn(page, language, own);
      const room = new Room(page, language);

      await test.step('the room shows the words that the question is about, and who asks', async () => {
        await room.asks(0);
        const cue = page.locator('.cue').first();
        await expect(cue.locator('blockquote')).toHaveText(claim);
        await expect(cue).toContainText(title);
        await expect(cue).toContainText(say('material.made_by_rules'));
        await expect(room.last.locator('.said')).toContainText(claim);
        await expectNoOverflow(page);
        await expectAccessible(page);
        await picture(page, `about/${language}-room`);
      });

      await test.step('what becomes of the letter changes nothing', async () => {
        await call(page, 'letters/delete', { id: own });
        await room.alive(() => page.reload());
        await expect(page.locator('.cue blockquote').first()).toHaveText(claim);
      });

      await sat(room, id, answer);

      await test.step('the report puts claim and answer side by side', async () => {
        await page.goto(`/interviews/${id}/report`);
        await alive(page);
        const section = page.locator('.contradictions');
        await expect(section.locator('ol > li')).toHaveCount(1);
        await expect(section).toContainText(claim);
        await expect(section).toContainText(said);
        await expect(section).toContainText(say('material.differs_number'));
        await expect(section).toContainText(say('material.found_by_rules'));
        await expect(page.locator('#question-1')).toBeVisible();
        await expect(page.locator('.report-question .cue')).toHaveCount(1);
        if (language === 'en') await expectNoKorean(page);
        for (const [name, { viewport }] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
          if (viewport) await page.setViewportSize(viewport);
          await expectNoOverflow(page);
          await picture(page, `about/${language}-report-${name}`);
        }
        await expectAccessible(page);
        await page.emulateMedia({ colorScheme: 'dark' });
        await expectReadable(page);
        await page.emulateMedia({ colorScheme: 'light' });
      });

      await test.step('a shared report keeps the letter to its owner', async () => {
        const share = page.locator('section.share');
        await share.getByRole('button', { name: say('share.create'), exact: true }).click();
        const link = await page.getByLabel(say('share.link'), { exact: true }).inputValue();
        const guest = await browser.newContext({ ...screen, locale, baseURL });
        troubles.watch(guest);
        const reader = await guest.newPage();
        await reader.goto(link);
        await alive(reader);
        await expect(reader.locator('.report')).toContainText(answer);
        await expect(reader.locator('.cue, .contradictions')).toHaveCount(0);
        expect(await reader.content()).not.toContain(claim);
        await share.getByRole('checkbox', { name: say('share.with_material') }).check();
        await share.getByRole('button', { name: say('share.create'), exact: true }).click();
        await expect(share.locator('.share-list li')).toHaveCount(2);
        await reader.goto(await page.getByLabel(say('share.link'), { exact: true }).inputValue());
        await expect(reader.locator('.cue blockquote')).toHaveText(claim);
        await guest.close();
      });
    });
  });
}

modelTest('a model asks about the letter in its own words, and its quotes are looked up', async ({ page, upstream }) => {
  const say = texts('ko');
  const { claim, answer, said } = LETTERS.ko;
  await upstream.script('natural');
  await signedUp(page);
  const id = await startedOn(page, 'ko', await letter(page, 'ko'));
  const room = new Room(page, 'ko');
  await room.asks(0);
  const cue = page.locator('.cue').first();
  await expect(cue.locator('blockquote')).toHaveText(claim);
  await expect(cue).toContainText(say('material.made_by_model', { model: 'scripted' }));
  await expect(room.last.locator('.said')).toContainText('번째로 여쭙겠습니다');
  await sat(room, id, answer);
  await page.goto(`/interviews/${id}/report`);
  await alive(page);
  await expect(page.locator('.contradictions')).toContainText(said);
  await picture(page, 'about/model-report');
  // The letter travels in the user role alone.
  for (const { messages } of await upstream.requests()) {
    for (const { role, content } of messages) {
      if (role !== 'user') expect(content).not.toContain(claim);
    }
  }
});

modelTest('a model that makes its quotes up is not believed', async ({ page, upstream }) => {
  const say = texts('ko');
  await upstream.script('over-praise');
  await signedUp(page);
  await startedOn(page, 'ko', await letter(page, 'ko'));
  const room = new Room(page, 'ko');
  await room.asks(0);
  const cue = page.locator('.cue').first();
  await expect(cue.locator('blockquote')).toHaveText(LETTERS.ko.claim);
  await expect(cue).toContainText(say('material.made_by_rules'));
  await expect(cue).toContainText(say('material.instead_of_model'));
});
