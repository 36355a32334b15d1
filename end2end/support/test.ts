// The test that every journey begins with: its own Daedap for the worker, its own browser, and an ear for complaints.
import { test as base, type BrowserContextOptions } from '@playwright/test';
import { Daedap, Upstream } from './daedap.ts';
import { Troubles } from './troubles.ts';

export { expect } from '@playwright/test';

interface Journey {
  troubles: Troubles;
}

interface Programs {
  /** The Daedap that the pages come from. All journeys of a worker share it. */
  daedap: Daedap;
}

/** A journey with the built-in interviewer. */
export const test = base.extend<Journey, Programs>({
  daedap: [
    async ({}, use) => {
      const daedap = await Daedap.start();
      await use(daedap);
      await daedap.close();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ daedap }, use) => use(daedap.url),
  troubles: async ({}, use) => use(new Troubles()),
  context: async ({ context, troubles }, use) => {
    troubles.watch(context);
    await use(context);
    // Not after a failure: what went wrong first is what counts.
    if (test.info().errors.length === 0) test.expect(troubles.left).toEqual([]);
  },
});

/** A journey with a model behind the interviewer. Its calls can be scripted, so no other journey shares it. */
export const modelTest = test.extend<{}, { upstream: Upstream }>({
  upstream: [
    async ({}, use) => {
      const upstream = await Upstream.start();
      await use(upstream);
      await upstream.close();
    },
    { scope: 'worker' },
  ],
  daedap: [
    async ({ upstream }, use) => {
      const daedap = await Daedap.start({ OPENAI_BASE_URL: upstream.baseUrl, DAEDAP_MODEL: 'scripted' });
      await use(daedap);
      await daedap.close();
    },
    { scope: 'worker' },
  ],
});

/** A journey during which Daedap itself is ended and started again, so no other journey shares it. */
export const loneTest = test.extend<{ lone: Daedap }>({
  lone: async ({}, use) => {
    const daedap = await Daedap.start();
    await use(daedap);
    await daedap.close();
  },
  baseURL: async ({ lone }, use) => use(lone.url),
});

/** A small phone that is touched. */
export const PHONE: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};

export const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };
