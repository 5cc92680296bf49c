// What is pasted is offered to nobody and is gone when it should be.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, openPage, serveDist } from "./support.mjs";

/** A made-up secret, unlike anything else in memory. */
const SECRET = "ya29.c.c0AY_EXAMPLE-NOT-A-TOKEN-7f3e9d2b";

/** security: what keeps spell checkers, autofill, translation, password managers and grammar services away. */
const SILENT = {
  spellcheck: "false",
  writingsuggestions: "false",
  autocorrect: "off",
  autocapitalize: "off",
  autocomplete: "off",
  translate: "no",
  "data-gramm": "false",
  "data-gramm_editor": "false",
  "data-enable-grammarly": "false",
  "data-lpignore": "true",
  "data-1p-ignore": "true",
  "data-bwignore": "true",
  "data-form-type": "other",
};

let browser;
let server;

before(async () => {
  // Playwright turns the back/forward cache off; here it must be on.
  const options = { ignoreDefaultArgs: ["--disable-back-forward-cache"] };
  [browser, server] = await Promise.all([launch(options), serveDist()]);
});

after(async () => {
  await browser?.close();
  await server?.close();
});

test("every field keeps helpers away that would send its text", async () => {
  const { page, close } = await openPage(browser, `${server.url}why401.html`);
  const fields = await page.evaluate(() => {
    const editable = 'input:not([type="checkbox"]), textarea, [contenteditable]';
    const roots = [document, document.querySelector("why-401").shadowRoot];
    return roots.flatMap((root) => [...root.querySelectorAll(editable)]).map((field) => ({
      id: field.id,
      type: field.type,
      attributes: Object.fromEntries([...field.attributes].map(({ name, value }) => [name, value])),
    }));
  });
  assert.ok(fields.length >= 8);
  for (const { id, type, attributes } of fields) {
    for (const [name, value] of Object.entries(SILENT)) assert.equal(attributes[name], value, `${id}: ${name}`);
    assert.notEqual(type, "password");
    assert.doesNotMatch(`${id} ${attributes.name ?? ""}`, /e-?mail|user|login|password|secret/i);
  }
  const around = await page.evaluate(() => ({
    forms: document.querySelectorAll("form").length + document.querySelector("why-401").shadowRoot.querySelectorAll("form").length,
    root: [document.documentElement.translate, document.documentElement.spellcheck],
    google: document.querySelector('meta[name="google"]').content,
    referrer: document.querySelector('meta[name="referrer"]').content,
  }));
  assert.deepEqual(around, { forms: 0, root: [false, false], google: "notranslate", referrer: "no-referrer" });
  await close();
});

test("going away and coming back finds an empty page", async () => {
  const { page, close } = await openPage(browser, `${server.url}why401.html`);
  await enter(page);
  await page.evaluate(() => (window.sameDocument = true));
  await page.goto(`${server.url}why-401.js`);
  await page.goBack({ waitUntil: "commit" });
  assert.equal(await page.evaluate(() => window.sameDocument), true, "the back/forward cache was not used");
  assert.deepEqual(await left(page), { filled: [], shown: false, welcome: true });
  // And it works on.
  await enter(page);
  await close();
});

test("reloading finds an empty page", async () => {
  const { page, close } = await openPage(browser, `${server.url}why401.html`);
  await enter(page);
  await page.reload();
  assert.deepEqual(await left(page), { filled: [], shown: false, welcome: true });
  await close();
});

test("Clear leaves nothing, neither to see nor in the memory of the module", async () => {
  const { page, close } = await openPage(browser, `${server.url}why401.html`);
  await enter(page);
  const debug = await page.context().newCDPSession(page);
  const held = await memories(debug);
  assert.equal(held.length, 1);
  assert.ok(held[0], "the search does not find what is there");
  await page.getByRole("button", { name: "Clear" }).click();
  assert.deepEqual(await left(page), { filled: [], shown: false, welcome: true });
  // The next instance has begun to work, so there is a memory to search.
  await page.getByLabel("Paste", { exact: true }).fill("hello");
  await page.locator("[data-verdict][data-cause]").waitFor();
  assert.deepEqual(await memories(debug), [false]);
  await close();
});

async function enter(page) {
  await page.getByLabel("Service URL", { exact: true }).fill("https://orders-4k3jd82hfa-uc.a.run.app");
  await page.getByLabel("Paste", { exact: true }).fill(`Authorization: Bearer ${SECRET}`);
  await page.locator("[data-verdict][data-cause]").waitFor();
}

/** Which fields hold something, and whether anything of the paste is to be seen. */
function left(page) {
  return page.evaluate((secret) => {
    const root = document.querySelector("why-401").shadowRoot;
    const fields = [...root.querySelectorAll("input:not([type=checkbox]), textarea, select")];
    return {
      filled: fields.filter((field) => field.value).map((field) => field.id),
      shown: root.textContent.includes(secret.slice(0, 12)) || document.title.includes("ya29"),
      welcome: root.querySelector(".welcome") !== null,
    };
  }, SECRET);
}

/** Whether each WebAssembly memory that is still alive holds the secret. Asking collects garbage first. */
async function memories(debug) {
  const { result: prototype } = await debug.send("Runtime.evaluate", { expression: "WebAssembly.Memory.prototype" });
  const { objects } = await debug.send("Runtime.queryObjects", {
    prototypeObjectId: prototype.objectId,
    objectGroup: "memories",
  });
  const { result } = await debug.send("Runtime.callFunctionOn", {
    objectId: objects.objectId,
    arguments: [{ value: SECRET }],
    returnByValue: true,
    functionDeclaration: `function (secret) {
      return this.map(({ buffer }) => new TextDecoder("latin1").decode(buffer).includes(secret));
    }`,
  });
  // The list itself would keep them alive.
  await debug.send("Runtime.releaseObjectGroup", { objectGroup: "memories" });
  return result.value;
}
