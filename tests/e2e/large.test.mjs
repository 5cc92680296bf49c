// Large texts are read beside the page: it answers meanwhile, and can be cleared at any time.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { jwt, load, manyClaims, settled } from "./states.mjs";
import { FILE_URL, launch, openPage, serveDist } from "./support.mjs";

const LOG = "2026-11-18T09:06:40Z GET /v1/items 401 the service refused it\n";

let browser;
let server;

before(async () => {
  [browser, server] = await Promise.all([launch(), serveDist()]);
});

after(async () => {
  await browser?.close();
  await server?.close();
});

for (const origin of ["http", "file"]) {
  test(`a large text is read by a worker, a small one by the page, over ${origin}`, async () => {
    const { page, problems, close } = await openPage(browser, origin === "http" ? `${server.url}why401.html` : FILE_URL);
    const cause = () => page.locator("[data-verdict]").getAttribute("data-cause");
    await load(page, jwt({ exp: 1 }));
    assert.deepEqual([page.workers().length, await cause()], [0, "expired"]);
    await load(page, manyClaims(2000));
    assert.deepEqual([page.workers().length, await cause()], [1, "token-fine"]);
    // The report is the whole text's too.
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]).catch(() => {});
    await page.locator("[data-copy=report]").click();
    await page.getByText(/^(Copied\.|The browser did not allow copying\.)$/).waitFor({ state: "attached" });
    await load(page, jwt({ exp: 1 }));
    assert.deepEqual([page.workers().length, await cause()], [0, "expired"]);
    assert.deepEqual(problems, []);
    await close();
  });
}

test("while it is read, the page answers, the newest text wins, and Clear ends it", async () => {
  const { page, problems, close } = await openPage(browser, FILE_URL);
  await load(page, jwt({}));
  // In one task of the page, so that the worker has had no time to answer.
  const states = await page.locator("why-401").evaluate((element, text) => {
    const root = element.shadowRoot;
    const area = root.querySelector("#paste");
    const put = (text) => {
      area.value = text;
      area.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
    };
    const busy = () => root.querySelector(".output").ariaBusy === "true";
    const states = [];
    put(text);
    states.push(busy());
    element.clear();
    states.push(busy(), area.value === "" && Boolean(root.querySelector(".welcome")));
    put(text);
    put(`${text} again`);
    put("ya29.c.c0AY_EXAMPLE_EXAMPLE");
    return states;
  }, LOG.repeat(80_000));
  assert.deepEqual(states, [true, false, true]);
  await settled(page);
  assert.match(await page.locator("[data-panel=token] .label").textContent(), /access token/i);
  await page.waitForTimeout(1500);
  assert.match(await page.locator("[data-panel=token] .label").textContent(), /access token/i, "an answer that was given up came");
  assert.deepEqual(page.workers(), []);
  assert.deepEqual(problems, []);
  await close();
});

test("no verdict stands beside a text that it is not about", async () => {
  const { page, close } = await openPage(browser, FILE_URL);
  await load(page, jwt({ exp: 1 }));
  // A worker that never answers.
  await page.evaluate(() => {
    globalThis.Worker = class {
      postMessage() {}
      terminate() {}
    };
  });
  await page.locator("why-401").evaluate((element, text) => element.paste(text), LOG.repeat(2000));
  await page.getByText("Reading…").waitFor();
  assert.equal(await page.locator("[data-verdict]").count(), 0);
  await page.getByRole("button", { name: "Clear" }).click();
  await page.locator(".welcome").waitFor();
  await close();
});

test("where workers are forbidden the page reads it itself", async () => {
  const { page, close } = await openPage(browser, FILE_URL);
  for (const forbid of [
    () => {
      globalThis.Worker = class {
        constructor() {
          throw new Error("forbidden");
        }
      };
    },
    () => {
      globalThis.Worker = class extends EventTarget {
        constructor() {
          super();
          setTimeout(() => this.onerror(new Event("error", { cancelable: true })));
        }
        postMessage() {}
        terminate() {}
      };
    },
  ]) {
    await page.reload();
    await page.evaluate(forbid);
    await load(page, manyClaims(2000));
    assert.equal(await page.locator("[data-verdict]").getAttribute("data-cause"), "token-fine");
  }
  await close();
});
