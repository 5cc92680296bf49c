// The answer stands on the first screen, on a desk and on a phone, for real cases.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { FILE_URL, launch, openPage, readCases } from "./support.mjs";
import { settled } from "./states.mjs";

const SCREENS = { desk: { width: 1280, height: 900 }, phone: { width: 390, height: 780 } };
const CASES = 40;
let browser;
let cases;

before(async () => {
  [browser, cases] = await Promise.all([launch(), readCases()]);
});

after(() => browser?.close());

for (const [name, viewport] of Object.entries(SCREENS)) {
  test(`sentence, question and the first Copy need no scrolling, ${name}`, async () => {
    const { page, problems, close } = await openPage(browser, FILE_URL, { viewport });
    const ends = [];
    for (const { id, input } of [...cases.values()].slice(0, CASES)) {
      await page.evaluate((input) => {
        const element = document.querySelector("why-401");
        const text = { paste: input.paste, "service-url": input.serviceUrl, response: input.response };
        element.load({ ...text, status: input.status ?? "", caller: input.caller ?? "" });
      }, input);
      await settled(page);
      ends.push(await page.evaluate((id) => {
        scrollTo(0, 0);
        const root = document.querySelector("why-401").shadowRoot;
        const end = (selector) => root.querySelector(selector)?.getBoundingClientRect().bottom ?? 0;
        return { id, copy: Math.round(end(".primary")), answer: Math.round(Math.max(end(".summary"), end(".question"))) };
      }, id));
    }
    const beyond = ends.filter(({ copy, answer }) => Math.max(copy, answer) > viewport.height);
    const sorted = ends.map(({ copy }) => copy).sort((one, other) => one - other);
    console.log(`${name}: first Copy ends at y = ${sorted[CASES / 2]} (median), ${sorted[CASES * 0.9 - 1]} (nine in ten), ${sorted.at(-1)} (all)`);
    assert.ok(beyond.length <= CASES / 10, JSON.stringify(beyond));
    assert.deepEqual(problems, []);
    await close();
  });
}
