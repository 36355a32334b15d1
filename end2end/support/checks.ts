// What holds on every page, whatever it shows.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Waits until the page is alive: its program is loaded and has taken over what the server rendered. */
export async function alive(page: Page): Promise<void> {
  await page.waitForLoadState('load');
  if (await page.locator('.room').count()) return;
  await page.waitForLoadState('networkidle');
}

/** Nothing sticks out to the side, so that nobody has to scroll there. */
export async function expectNoOverflow(page: Page): Promise<void> {
  const sticking = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const found: string[] = [];
    if (document.documentElement.scrollWidth > width) found.push(`page: ${document.documentElement.scrollWidth}`);
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      // Tables and code scroll in their own frame.
      if (element.closest('.table-frame, pre, .visually-hidden, [popover], dialog:not([open])')) continue;
      const box = element.getBoundingClientRect();
      if (box.width > 0 && box.height > 1 && (box.right > width + 1 || box.left < -1)) {
        found.push(`${element.tagName}.${element.className}: ${box.left} to ${box.right}`);
      }
    }
    return found;
  });
  expect(sticking, `sticking out at ${page.url()}`).toEqual([]);
}

/** Nothing that keeps somebody out. */
export async function expectAccessible(page: Page): Promise<void> {
  await expectNothingGrave(page, new AxeBuilder({ page }).setLegacyMode());
}

/** Every text stands out from what is behind it. */
export async function expectReadable(page: Page): Promise<void> {
  await expectNothingGrave(page, new AxeBuilder({ page }).setLegacyMode().withRules(['color-contrast']));
}

// In legacy mode axe opens no page of its own. It only misses frames of other sites, and there are none.
async function expectNothingGrave(page: Page, axe: AxeBuilder): Promise<void> {
  const { violations } = await axe.analyze();
  const grave = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).join(' | ')}`);
  expect(grave, `axe at ${page.url()}`).toEqual([]);
}

/** Every word of an English page is English, but for what is marked as Korean. */
export async function expectNoKorean(page: Page): Promise<void> {
  const korean = await page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    while (walker.nextNode()) {
      // The name of the program stays what it is.
      const text = (walker.currentNode.textContent ?? '').replaceAll('대답', '');
      const parent = walker.currentNode.parentElement;
      if (/[가-힣]/.test(text) && !parent?.closest('[lang="ko"], script, style')) found.push(text.trim());
    }
    return found;
  });
  expect(korean, `Korean at ${page.url()}`).toEqual([]);
}

/** Keeps a picture of the page for people to look through. */
export async function picture(page: Page, name: string, fullPage = true): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `artefacts/${name}.png`, fullPage, animations: 'disabled', caret: 'hide' });
}
