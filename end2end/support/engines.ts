// Two more browsers than Chromium, each behind the few things that a short journey does.
import { readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from '@playwright/test';
import puppeteer from 'puppeteer-core';
import { Program } from './program.ts';

export interface Engine {
  open(url: string): Promise<void>;
  reload(): Promise<void>;
  click(selector: string): Promise<void>;
  /** Types as a person does, into the element. `\n` is the Enter key. */
  type(selector: string, text: string): Promise<void>;
  /** The value of an expression on the page. */
  read<T>(expression: string): Promise<T>;
  picture(file: string): Promise<void>;
  /** What the browser complained about, as far as it can be asked. */
  complaints(): string[];
  close(): Promise<void>;
}

/** Firefox, over WebDriver BiDi. */
export async function firefox(): Promise<Engine> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
    extraPrefsFirefox: { 'intl.accept_languages': 'ko-KR, ko' },
  });
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 800 });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return {
    open: async (url) => void (await page.goto(url)),
    reload: async () => void (await page.reload()),
    click: (selector) => page.click(selector),
    type: async (selector, text) => {
      await page.focus(selector);
      for (const [place, line] of text.split('\n').entries()) {
        if (place > 0) await page.keyboard.press('Enter');
        await page.keyboard.type(line);
      }
    },
    read: async <T>(expression: string) => (await page.evaluate(`(${expression})`)) as T,
    picture: async (file) => {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, await page.screenshot());
    },
    complaints: () => complaints,
    close: () => browser.close(),
  };
}

/** WebKit: GNOME's small browser on a screen that nobody sees, over WebDriver. */
export async function webkit(): Promise<Engine> {
  const folder = await mkdtemp(join(tmpdir(), 'daedap-webkit-'));
  const [screen, display] = await Program.start({
    file: 'Xvfb',
    arguments: ['-displayfd', '1', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'],
    folder,
    ready: /^(\d+)$/m,
  });
  const port = await freePort();
  const [driver] = await Program.start({
    file: process.env.WEBKIT_DRIVER ?? 'WebKitWebDriver',
    arguments: [`--port=${port}`, '--host=127.0.0.1'],
    environment: { DISPLAY: `:${display}` },
    folder,
  });
  const end = async () => {
    await driver.end();
    await screen.end();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    return await session(`http://127.0.0.1:${port}`, end);
  } catch (error) {
    await end();
    throw error;
  }
}

/** How long one thing may take, in milliseconds. */
const PATIENCE = 20_000;

/** The name under which WebDriver hands out elements. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

async function session(driver: string, end: () => Promise<void>): Promise<Engine> {
  await expect.poll(() => fetch(`${driver}/status`).then((reply) => reply.ok, () => false)).toBe(true);
  const call = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const reply = await fetch(`${driver}${path}`, { method, body: body && JSON.stringify(body), signal: AbortSignal.timeout(PATIENCE) });
    const { value } = (await reply.json()) as { value: T };
    if (!reply.ok) throw new Error(`${method} ${path}: ${JSON.stringify(value)}`);
    return value;
  };
  const capabilities = {
    alwaysMatch: { 'webkitgtk:browserOptions': { binary: miniBrowser(), args: ['--automation'] } },
  };
  const { sessionId } = await call<{ sessionId: string }>('POST', '/session', { capabilities });
  const at = `/session/${sessionId}`;
  const find = async (selector: string) =>
    (await call<Record<string, string>>('POST', `${at}/element`, { using: 'css selector', value: selector }))[ELEMENT];
  const read = <T>(expression: string) => call<T>('POST', `${at}/execute/sync`, { script: `return (${expression});`, args: [] });
  return {
    open: (url) => call('POST', `${at}/url`, { url }),
    reload: () => call('POST', `${at}/refresh`, {}),
    click: async (selector) => {
      // The driver clicks where the element was: what still moves, it misses.
      let last: string | null = null;
      await expect
        .poll(async () => {
          const before = last;
          last = await read<string | null>(whereItCanBeHit(selector));
          return last !== null && last === before;
        }, { message: `${selector} stands still`, intervals: [100] })
        .toBe(true);
      await call('POST', `${at}/element/${await find(selector)}/click`, {});
    },
    type: async (selector, text) => {
      // The code point that stands for the Enter key.
      const keys = text.replaceAll('\n', '\uE007');
      await call('POST', `${at}/element/${await find(selector)}/value`, { text: keys });
    },
    read,
    picture: async (file) => {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, Buffer.from(await call<string>('GET', `${at}/screenshot`), 'base64'));
    },
    complaints: () => [],
    close: async () => {
      await call('DELETE', at).catch(() => undefined);
      await end();
    },
  };
}

/** An expression: where the middle of an element is once it is in view, and null while something covers it. */
function whereItCanBeHit(selector: string): string {
  return `(() => {
    const element = document.querySelector(${JSON.stringify(selector)});
    element?.scrollIntoView({ block: 'nearest' });
    const box = element?.getBoundingClientRect();
    if (!box?.width) return null;
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const top = document.elementFromPoint(x, y);
    return top && (element.contains(top) || element.labels?.[0]?.contains(top)) ? x + ' ' + y : null;
  })()`;
}

function miniBrowser(): string {
  if (process.env.WEBKIT_BROWSER) return process.env.WEBKIT_BROWSER;
  const libraries = '/usr/lib/x86_64-linux-gnu';
  const folder = readdirSync(libraries).filter((name) => /^webkit2?gtk-/.test(name)).sort().at(-1);
  return join(libraries, folder ?? 'webkit2gtk-4.1', 'MiniBrowser');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (!address || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
