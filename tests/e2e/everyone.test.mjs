// The page for everyone: axe, keyboard alone, small screens, large text, forced colours, print.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { FILE_URL, launch, openPage } from "./support.mjs";
import { STATES, jwt, settled } from "./states.mjs";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
let browser;

before(async () => {
  browser = await launch();
});

after(() => browser?.close());

async function visit(state, options, check) {
  const { page, close } = await openPage(browser, FILE_URL, options);
  await STATES[state](page);
  await check(page);
  await close();
}

for (const colorScheme of ["light", "dark"]) {
  for (const state of Object.keys(STATES)) {
    test(`axe finds nothing: ${state}, ${colorScheme}`, async () => {
      // The page's policy keeps every other script out, so the checker comes in past it.
      await visit(state, { colorScheme, bypassCSP: true }, async (page) => {
        for (const summary of await page.locator(".output details > summary").all()) await summary.click();
        await page.addScriptTag({ path: AXE });
        const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
        const { passes, violations } = await page.evaluate((values) => axe.run({ runOnly: { type: "tag", values } }), tags);
        const found = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target} ${node.failureSummary}`));
        assert.deepEqual(found, []);
        const seen = passes.flatMap(({ nodes }) => nodes).filter(({ target }) => Array.isArray(target[0]));
        assert.ok(seen.length > 20, "axe looked into the element");
      });
    });
  }
}

/** Sideways scrolling of the page, and of anything in it that scrolls without having to. */
const sideways = (page) =>
  page.evaluate(() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth);

for (const state of Object.keys(STATES)) {
  test(`no sideways scroll at 320 px and at 200 % text: ${state}`, async () => {
    await visit(state, { viewport: { width: 320, height: 640 } }, async (page) => {
      assert.equal(await sideways(page), 0, "320 px");
    });
    await visit(state, { viewport: { width: 1280, height: 900 } }, async (page) => {
      await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
      assert.equal(await sideways(page), 0, "200 %");
    });
  });
}

test("the whole job by keyboard", async () => {
  const { page, problems, close } = await openPage(browser, FILE_URL, {});
  const focused = () =>
    page.evaluate(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      return `${active.localName}#${active.id} ${active.dataset.key ?? ""} ${active.dataset.copy ?? ""} ${active.textContent.slice(0, 40)}`;
    });
  const tabTo = async (wanted, most = 60) => {
    for (let step = 0; step < most; step += 1) {
      await page.keyboard.press("Tab");
      const now = await focused();
      if (wanted.test(now)) return now;
    }
    throw new Error(`no Tab leads to ${wanted}`);
  };
  await tabTo(/^textarea#paste/);
  await page.keyboard.insertText(jwt({ aud: "https://canary---orders-4k3jd82hfa-uc.a.run.app" }));
  await tabTo(/^input#service-url/);
  await page.keyboard.type("https://orders-4k3jd82hfa-uc.a.run.app");
  await settled(page);
  assert.equal(await page.locator("[data-verdict]").getAttribute("data-cause"), "audience-mismatch");
  await tabTo(/^button.*copy-\d+ command/, 6);
  await page.keyboard.press("Enter");
  await page.locator("[data-copied]").first().waitFor();
  await tabTo(/copy-report/);
  await tabTo(/mask/);
  await page.keyboard.press("Space");
  assert.ok(await page.locator("[data-mask]").isChecked());
  if (await page.locator("[role=tab]").count()) {
    await page.locator("[role=tab]").first().focus();
    const first = await focused();
    await page.keyboard.press("ArrowRight");
    assert.notEqual(await focused(), first);
    const chosen = await page.locator("[role=tab][aria-selected=true]").first().textContent();
    await page.keyboard.press("Home");
    assert.notEqual(await page.locator("[role=tab][aria-selected=true]").first().textContent(), chosen);
  }
  await tabTo(/^summary/);
  await page.keyboard.press("Enter");
  assert.ok(await page.locator(".output details[open]").count());
  await page.keyboard.press("Escape");
  await page.locator(".welcome").waitFor();
  assert.match(await focused(), /textarea#paste/);
  assert.deepEqual(problems, []);
  await close();
});

test("targets are at least 24 px", async () => {
  await visit("audience", { viewport: { width: 320, height: 640 } }, async (page) => {
    const small = await page.evaluate(() => {
      const root = document.querySelector("why-401").shadowRoot;
      return [...root.querySelectorAll("button, summary, input:not([type=checkbox]), label.check, select, textarea")]
        .filter((one) => one.offsetParent)
        .map((one) => [one.textContent.slice(0, 20) || one.id, one.getBoundingClientRect()])
        .filter(([, box]) => box.height > 0 && (box.height < 23.5 || box.width < 23.5))
        .map(([name, box]) => `${name} ${box.width}x${box.height}`);
    });
    assert.deepEqual(small, []);
  });
});

test("forced colours and print keep the verdict", async () => {
  await visit("expired", { forcedColors: "active" }, async (page) => {
    assert.ok(await page.locator("[data-verdict]").isVisible());
  });
  await visit("expired", {}, async (page) => {
    await page.emulateMedia({ media: "print" });
    assert.ok(await page.locator("[data-verdict]").isVisible());
    assert.ok(await page.locator(".given").isHidden());
  });
});
