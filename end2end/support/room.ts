// The interview room as a person sees it.
import { expect, type Locator, type Page } from '@playwright/test';
import { asked, type BankQuestion } from './bank.ts';
import { texts, type Language, type Texts } from './texts.ts';

export class Room {
  readonly say: Texts;
  readonly field: Locator;
  readonly send: Locator;
  readonly turns: Locator;
  readonly last: Locator;
  readonly speaking: Locator;
  readonly feedback: Locator;
  readonly ending: Locator;

  constructor(
    readonly page: Page,
    readonly language: Language,
  ) {
    this.say = texts(language);
    this.field = page.getByLabel(this.say('interview.your_answer'), { exact: true });
    this.send = page.getByRole('button', { name: this.say('interview.send'), exact: true });
    this.turns = page.locator('.turns .turn');
    this.last = this.turns.last();
    this.speaking = page.locator('.said.speaking');
    this.feedback = page.locator('.feedback-card');
    this.ending = page.getByRole('heading', { name: this.say('interview.finished') });
  }

  /** The button of one of the actions above the conversation. */
  action(name: 'ask_intent' | 'skip' | 'pause' | 'resume' | 'finish'): Locator {
    return this.page.locator('.room-bar').getByRole('button', { name: this.say(`interview.${name}`), exact: true });
  }

  /** Opens the room and waits until the page is alive and the interviewer has asked. */
  async open(id: string): Promise<void> {
    await this.alive(() => this.page.goto(`/interviews/${id}`));
    await this.asks(0);
  }

  /** Does something that loads the room, and waits until the page is alive: it listens only then. */
  async alive(load: () => Promise<unknown>): Promise<void> {
    const listening = this.page.waitForRequest(/\/interviews\/[^/]+\/events/);
    await load();
    await listening;
  }

  /** Waits until the turn of that number is there and the interviewer has said all of the last one. */
  async asks(number: number): Promise<void> {
    await expect(this.turns.nth(number)).toBeVisible();
    await expect(this.last).toHaveClass(/interviewer/);
    await expect(this.speaking).toHaveCount(0);
  }

  /** Sends an answer by Enter and hears what follows. */
  async answer(text: string): Promise<void> {
    const before = await this.turns.count();
    await this.field.fill(text);
    await expect(this.send).toBeEnabled();
    await this.field.press('Enter');
    await this.asks(before + 1);
  }

  /** Sends an answer by the button and hears what follows. */
  async answerByTouch(text: string): Promise<void> {
    const before = await this.turns.count();
    await this.field.tap();
    await this.field.fill(text);
    await this.send.tap();
    await this.asks(before + 1);
  }

  async kindOfLast(): Promise<string | null> {
    return this.last.getAttribute('data-kind');
  }

  /** The main question that is being talked about. */
  async question(): Promise<BankQuestion> {
    const said = await this.turns.and(this.page.locator('[data-kind="question"]')).last().locator('.said').innerText();
    return asked(this.language, said);
  }

  /** Everything that the candidate said. */
  async answers(): Promise<string[]> {
    return this.page.locator('.turn[data-kind="answer"] .said').allInnerTexts();
  }
}
