// Nothing leaves the page and nothing stays: requests are counted by a server, storage is read back,
// and a script that should not be there tries to get something out.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { CHANNELS, SINKS } from "./channels.mjs";
import { load } from "./states.mjs";
import { FILE_URL, launch, openPage, readPastes, serveDist } from "./support.mjs";

let browser;
let server;
let pastes;

before(async () => {
  [browser, server, pastes] = await Promise.all([launch(), serveDist(), readPastes()]);
});

after(async () => {
  await browser?.close();
  await server?.close();
});

for (const origin of ["http", "file"]) {
  const address = () => (origin === "http" ? `${server.url}why401.html` : FILE_URL);

  test(`100 pastes and every button: no request, nothing stored, nothing said, over ${origin}`, async () => {
    const { page, problems, close } = await openPage(browser, address());
    const asked = [];
    // A worker's script is a blob in the page's own memory, which is fetched from nowhere.
    const own = origin === "http" ? `blob:${new URL(address()).origin}/` : "blob:null/";
    page.context().on("request", (request) => request.url().startsWith(own) || asked.push(request.url()));
    page.on("framenavigated", (frame) => asked.push(frame.url()));
    const served = server.requests.length;
    const place = () => page.evaluate(() => [location.href, history.length, history.state]);
    const before = await place();

    await page.getByLabel("Paste", { exact: true }).fill("warm up");
    await page.locator("[data-verdict][data-cause]").waitFor();
    assert.equal(pastes.length, 100);
    const clicked = [];
    for (const { paste, serviceUrl } of pastes) clicked.push(await page.evaluate(enterAndClick, [paste, serviceUrl]));
    assert.ok(Math.min(...clicked) >= 3, `a paste with ${Math.min(...clicked)} things to click`);
    // Once more as a person does it: by mouse, through everything that can be seen.
    await page.evaluate(() => document.querySelector("why-401").clear());
    const offered = await page.locator(".examples button").count();
    for (let place = 0; place < offered; place += 1) {
      await page.locator(".welcome details").evaluate((details) => (details.open = true));
      await page.locator(".examples button").nth(place).click();
      await page.locator("[data-verdict][data-cause]").waitFor();
      await page.locator("[data-copy=report]").click();
      // Links are not followed here; where they lead has nothing of the paste in it.
      for (const link of await page.locator(".output a").all()) {
        assert.equal(await link.getAttribute("rel"), "noopener noreferrer");
        const address = await link.getAttribute("href");
        assert.match(address, /^https:\/\//);
        assert.doesNotMatch(address, /orders|checkout|example|eyJ|ya29/);
      }
      await page.getByRole("button", { name: "Clear" }).click();
    }
    await page.locator("#theme").selectOption("dark");
    await page.waitForTimeout(1500);

    assert.deepEqual(asked, []);
    assert.equal(server.requests.length, served);
    assert.deepEqual(await place(), before);
    assert.deepEqual(await page.evaluate(stored), { local: 0, session: 0, databases: 0, caches: 0, workers: 0, cookie: "" });
    assert.deepEqual(await page.context().cookies(), []);
    assert.equal(await page.title(), "why401: why did Google Cloud refuse this request?");
    assert.deepEqual(problems, []);
    await close();
  });

  test(`a script that got in reaches nobody, over ${origin}`, async () => {
    const tried = await attack(address(), { bypassCSP: false });
    assert.deepEqual(tried.reached, []);
    assert.deepEqual(tried.open, []);
    assert.equal(tried.ran, Object.keys(CHANNELS).length);
  });
}

for (const origin of ["http", "file"]) {
  test(`the worker that reads large texts reaches nobody either, over ${origin}`, async () => {
    const { page, close } = await openPage(browser, origin === "http" ? `${server.url}why401.html` : FILE_URL);
    const begun = server.requests.length;
    await load(page, "a ".repeat(100_000));
    const [worker] = page.workers();
    const leak = `${server.url}leak/worker`;
    const tried = await worker.evaluate(async (leak) => {
      const refused = async (act) => {
        try {
          await act();
          return false;
        } catch {
          return true;
        }
      };
      const asked = [
        () => fetch(leak),
        () => fetch(leak, { mode: "no-cors", method: "POST", body: "x" }),
        () => importScripts(leak),
        () => new Promise((opened, failed) => Object.assign(new WebSocket(leak.replace("http", "ws")), { onopen: opened, onerror: failed })),
        () => new Promise((opened, failed) => Object.assign(new EventSource(leak), { onopen: opened, onerror: failed })),
        () => new Promise((loaded, failed) => {
          const request = Object.assign(new XMLHttpRequest(), { onload: loaded, onerror: failed });
          request.open("GET", leak);
          request.send();
        }),
      ];
      return Promise.all(asked.map(refused));
    }, leak);
    assert.deepEqual(tried, Array(6).fill(true));
    await page.waitForTimeout(1000);
    assert.deepEqual(server.requests.slice(begun), []);
    await page.getByRole("button", { name: "Clear" }).click();
    assert.deepEqual(page.workers(), []);
    await close();
  });
}

test("without the policy every one of these channels is open", async () => {
  const { reached, open } = await attack(`${server.url}why401.html`, { bypassCSP: true });
  assert.deepEqual(reached, Object.keys(CHANNELS).sort());
  assert.deepEqual(open, Object.keys(SINKS).sort());
});

/** Runs every channel and sink inside the page; tells which channels reached the server and which sinks worked. */
async function attack(url, options) {
  const { page, close } = await openPage(browser, url, options);
  const begun = server.requests.length;
  let ran = 0;
  for (const [name, channel] of Object.entries(CHANNELS)) {
    ran += await page.evaluate(`new Promise((told) => setTimeout(() => {
      try { (${channel})("${server.url}leak/${name}"); } catch {}
      told(1);
    }))`);
  }
  const open = [];
  for (const [name, sink] of Object.entries(SINKS)) {
    // In a task of its own: what the debugger runs itself is spared from the ban on eval.
    const works = await page.evaluate(`new Promise((told) => setTimeout(() => {
      try { told(Boolean((${sink})())); } catch { told(false); }
    }))`);
    if (works) open.push(name);
  }
  await page.waitForTimeout(2500);
  const reached = server.requests.slice(begun).flatMap((path) => path.match(/^\/leak\/([\w-]+)/)?.[1] ?? []);
  await close();
  return { reached: [...new Set(reached)].sort(), open: open.sort(), ran };
}

/** In the page: types a paste and presses all that can be pressed; returns how much that was. */
function enterAndClick([paste, serviceUrl]) {
  const root = document.querySelector("why-401").shadowRoot;
  for (const [id, value] of [["service-url", serviceUrl ?? ""], ["paste", paste]]) {
    root.getElementById(id).value = value;
    root.getElementById(id).dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
  }
  // Drawing again replaces what was there, so that the list is taken by place.
  const clickable = () => [...root.querySelectorAll("button:not(.clear), summary, input[type=checkbox], [role=tab]")];
  for (let place = 0; place < clickable().length; place += 1) clickable()[place].click();
  return clickable().length;
}

/** In the page: how much lies in each store. A store that the origin does not have holds nothing. */
async function stored() {
  const count = async (list) => {
    try {
      return (await list()).length;
    } catch {
      return 0;
    }
  };
  return {
    local: await count(() => localStorage),
    session: await count(() => sessionStorage),
    databases: await count(() => indexedDB.databases()),
    caches: await count(() => caches.keys()),
    workers: await count(() => navigator.serviceWorker.getRegistrations()),
    cookie: document.cookie,
  };
}
