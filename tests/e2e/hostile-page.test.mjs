// Hostile inputs in the real page, the policy switched off so that it cannot hide a missing escape:
// the result has the elements of the harmless twin's, shows no control character raw, keeps no
// secret anywhere, and reads the harmless token afterwards.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { made, rawControl, readHostile } from "./hostile.mjs";
import { settled } from "./states.mjs";
import { FILE_URL, launch } from "./support.mjs";

const GROUPS = ["html", "look", "term", "md", "secret"];

let browser;
let page;
let hostile;
let entries;
const console = [];

before(async () => {
  hostile = await readHostile();
  entries = hostile.entries.filter(({ category }) => GROUPS.includes(category));
  browser = await launch();
  const context = await browser.newContext({ bypassCSP: true });
  page = await context.newPage();
  page.on("console", (message) => console.push(message.text()));
  page.on("pageerror", (error) => console.push(String(error)));
  await page.clock.setFixedTime(hostile.now * 1000);
  await page.goto(FILE_URL);
  await page.getByLabel("Paste", { exact: true }).fill("x");
  await settled(page);
});

after(() => browser?.close());

/** Fills the fields; what the result then is: its elements with their attributes, and its text. */
const shown = (input) =>
  page.evaluate(({ paste, serviceUrl, service }) => {
    const root = document.querySelector("why-401").shadowRoot;
    for (const [id, value] of Object.entries({ "service-url": serviceUrl, service, paste })) {
      const field = root.getElementById(id);
      field.value = value;
      field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
    }
    const output = root.querySelector(".output");
    // In a command, a value that was left out has its CAPITALS as a field instead: there only the
    // page's own elements may stand.
    const own = "span.word, span.hole, span.sizer, input[data-hole]";
    const strange = [...output.querySelectorAll("[data-command] *")].filter((element) => !element.matches(own));
    if (strange.length) throw new Error(strange.map(({ outerHTML }) => outerHTML).join());
    const outside = [...output.querySelectorAll("*")].filter((element) => !element.parentElement.closest("[data-command]"));
    const elements = outside.map(({ localName, attributes }) =>
      [localName, ...[...attributes].map(({ name, value }) => `${name}=${value}`)].join(" "),
    );
    return { elements, text: output.textContent };
  }, input);

/** Its verdict differs from its twin's: prose is no token, a word could be one (tests/inert.rs). */
const OTHER_VERDICT = "html-099";

test("only text differs from the harmless twin", async () => {
  const inert = entries.filter(({ id, must }) => must.includes("inert_dom") && id !== OTHER_VERDICT);
  assert.ok(inert.length >= 80);
  for (const entry of inert) {
    const { elements } = await shown(made(entry, hostile.now));
    const twin = await shown(made({ input: entry.input_twin }, hostile.now));
    assert.deepEqual(elements.map(uncounted), twin.elements.map(uncounted), entry.id);
  }
});

/** An element without what counts or measures in its attributes. */
const uncounted = (element) => element.replace(/\d+(\.\d+)?/g, "N");

test("no control character is raw, no secret is kept, and the harmless token is read after each", async () => {
  const harmless = await shown({ paste: hostile.benign.paste, serviceUrl: "", service: "" });
  assert.match(harmless.text, /runner@proj-x-123\.iam\.gserviceaccount\.com/);
  for (const entry of entries) {
    const { text } = await shown(made(entry, hostile.now));
    if (entry.must.includes("visible_controls")) assert.equal(rawControl(text), null, entry.id);
    const kept = await page.evaluate(() =>
      [document.title, location.href, JSON.stringify(history.state), JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie].join("\n"),
    );
    for (const secret of entry.expect?.secrets ?? []) {
      assert.ok(![text, kept, ...console].some((place) => place.includes(secret)), entry.id);
    }
    assert.deepEqual(await shown({ paste: hostile.benign.paste, serviceUrl: "", service: "" }), harmless, `after ${entry.id}`);
  }
  assert.deepEqual(console, []);
});
