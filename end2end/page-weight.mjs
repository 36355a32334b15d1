#!/usr/bin/env node
// Prints what pages make a browser load, compressed as far as brotli goes:  end2end/page-weight.mjs BASE_URL
// Documents, fonts and pictures are left out. Every page is loaded by a browser that knows nothing yet.
import { brotliCompressSync, constants } from "node:zlib";
import { chromium } from "@playwright/test";

const [base] = process.argv.slice(2);
const GOALS = { "landing page": 60, "interview room": 200 };
const KINDS = [
  [/wasm/, "WASM"],
  [/javascript/, "JS"],
  [/css/, "CSS"],
];

/** Waits for a server that is being started. */
async function wait(patience = 30_000) {
  const end = Date.now() + patience;
  while (!(await fetch(`${base}/readyz`).then((reply) => reply.ok, () => false))) {
    if (Date.now() > end) throw new Error(`${base} does not answer`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

await wait();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
});

/** What one page loads, by kind: the number of files, the bytes after the best compression, and the bytes that came. */
async function weigh(name, path, cookies, ready) {
  const context = await browser.newContext();
  await context.addCookies(cookies);
  const page = await context.newPage();
  const loads = [];
  page.on("response", (response) => loads.push(response));
  const alive = ready(page);
  await page.goto(base + path, { waitUntil: "load" });
  await alive;
  const found = new Map(KINDS.map(([, kind]) => [kind, { files: 0, best: 0, came: 0 }]));
  for (const response of loads) {
    const type = response.headers()["content-type"] ?? "";
    const kind = KINDS.find(([pattern]) => pattern.test(type))?.[1];
    if (!kind || response.status() !== 200) continue;
    const body = await response.body();
    const best = brotliCompressSync(body, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
    });
    const figures = found.get(kind);
    figures.files += 1;
    figures.best += best.length;
    figures.came += (await response.request().sizes()).responseBodySize;
  }
  await context.close();
  let [files, best, came] = [0, 0, 0];
  for (const [kind, figures] of found) {
    print(`${name}: ${kind}`, figures.files, figures.best, figures.came);
    files += figures.files;
    best += figures.best;
    came += figures.came;
  }
  const goal = GOALS[name];
  print(`${name}: all`, files, best, came, `${goal} KB`, `${(best / 1000 / goal).toFixed(2)} x`);
}

function print(name, files, best, came, goal = "", ratio = "") {
  const kilo = (bytes) => `${(bytes / 1000).toFixed(1)} KB`;
  const cells = [String(files).padStart(6), kilo(best).padStart(12), kilo(came).padStart(12), goal.padStart(8), ratio.padStart(9)];
  console.log(name.padEnd(28) + cells.join(" "));
}

/** Signs up and starts an interview by the calls that the pages make. */
async function enter() {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(base);
  const id = await page.evaluate(async () => {
    const call = async (path, body) => {
      const headers = { "content-type": "application/json", accept: "application/json" };
      const reply = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
      const result = await reply.json();
      if (!reply.ok || result?.Err) throw new Error(`${path}: ${reply.status} ${JSON.stringify(result)}`);
      return result?.Ok;
    };
    const name = `weigher${Date.now()}`;
    const password = "correct horse battery";
    const account = { username: name, email: `${name}@example.com`, password, password_confirmation: password, language: "ko" };
    await call("/web/accounts/register", { account });
    const chosen = { field: "cs", topics: [], level: "junior", language: "ko", question_count: 3, mode: "coaching" };
    // Chromium knows it on pages of this machine, too.
    return call("/web/interview/start", { interview: { request_id: crypto.randomUUID(), ...chosen } });
  });
  const cookies = await context.cookies();
  await context.close();
  return { id, cookies };
}

try {
  const { id, cookies } = await enter();
  console.log("".padEnd(28) + ["files", "brotli 11", "as sent", "goal", "ratio"].map((head, place) => head.padStart([6, 12, 12, 8, 9][place])).join(" "));
  await weigh("landing page", "/", [], () => Promise.resolve());
  // The room listens to its events as soon as it is alive.
  await weigh("interview room", `/interviews/${id}`, cookies, (page) => page.waitForResponse((response) => response.url().includes("/events")));
} finally {
  await browser.close();
}
