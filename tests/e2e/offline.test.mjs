// The page from disk, with no server and no network, in two browsers: every function works.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { launchFirefox } from "./firefox.mjs";
import { DIST, FILE_URL, launch, setting } from "./support.mjs";

/** Started when its tests begin; what lies in the element is named by selectors. */
const BROWSERS = {
  async Chromium() {
    const browser = await launch();
    const context = await browser.newContext({ offline: true });
    const page = await context.newPage();
    return {
      open: (url) => page.goto(url),
      evaluate: (task, argument) => page.evaluate(task, argument),
      click: (selector) => page.locator("why-401").locator(selector).first().click(),
      type: (selector, text) => page.locator("why-401").locator(selector).first().pressSequentially(text),
      escape: (selector) => page.locator("why-401").locator(selector).first().press("Escape"),
      close: () => browser.close(),
    };
  },
  Firefox: () => launchFirefox(setting("WHY401_FIREFOX")),
};

for (const [name, start] of Object.entries(BROWSERS)) {
  describe(`${name}, from disk and offline`, () => {
    let browser;

    before(async () => {
      browser = await start();
      await browser.open(FILE_URL);
      await browser.evaluate(() => {
        window.read = (selector) => document.querySelector("why-401").shadowRoot.querySelector(selector);
      });
    });

    after(() => browser?.close());

    test("every example gets its verdict, from a core that is not there yet", async () => {
      const examples = await browser.evaluate(() => read(".welcome").querySelectorAll(".examples button").length);
      assert.ok(examples >= 8, `${examples} examples`);
      const causes = new Set();
      for (let place = 0; place < examples; place += 1) {
        await browser.evaluate((place) => {
          document.querySelector("why-401").clear();
          read(".welcome").querySelectorAll(".examples button")[place].click();
        }, place);
        const cause = await verdict(browser);
        assert.ok(cause, `example ${place}`);
        causes.add(cause);
      }
      assert.ok(causes.size >= 7, [...causes].join());
    });

    test("typing is judged as it comes, and the event tells the verdict", async () => {
      await browser.evaluate(() => {
        window.told = [];
        document.addEventListener("why401:verdict", ({ detail }) => window.told.push(detail));
        document.querySelector("why-401").clear();
      });
      await browser.type("#service-url", "https://orders-4k3jd82hfa-uc.a.run.app");
      await browser.type("#paste", "Authorization: Bearer ya29.c.c0AY_EXAMPLE-NOT-A-TOKEN");
      assert.equal(await verdict(browser), "access-token-where-id-token-needed");
      const [last] = (await browser.evaluate(() => window.told)).slice(-1);
      assert.equal(last.id, "access-token-where-id-token-needed");
    });

    test("copying is allowed", async () => {
      for (const what of ["report", "command"]) {
        const button = `[data-copy=${what}]`;
        await browser.click(button);
        const answer = await until(() => browser.evaluate((selector) => read(selector)?.dataset.copied, button));
        assert.equal(answer, "Copied");
      }
    });

    test("tabs, questions, tokens to choose, masks and the rest answer", async () => {
      const two = ["https://one-4k3jd82hfa-uc.a.run.app", "https://two-4k3jd82hfa-uc.a.run.app"].map(
        (aud) => `Authorization: Bearer ${token({ aud, iss: "https://accounts.google.com", exp: 1, iat: 0, long: "x".repeat(40) })}`,
      );
      await browser.evaluate((text) => document.querySelector("why-401").paste(text), two.join("\n"));
      await until(() => browser.evaluate(() => Boolean(read("[data-pick]"))));
      const pressed = await browser.evaluate(() => {
        const kinds = ["[data-pick='1']", "[role=tab]:not([aria-selected=true])", "[data-ask]", "summary", "input[data-mask]"];
        return kinds.filter((kind) => {
          read(kind)?.click();
          return read(kind) !== null || kind.startsWith("[role");
        });
      });
      for (const kind of ["[data-pick='1']", "[role=tab]:not([aria-selected=true])", "summary", "input[data-mask]"]) {
        assert.ok(pressed.includes(kind), kind);
      }
      assert.equal(await browser.evaluate(() => read("[data-pick='1']").getAttribute("aria-pressed")), "true");
    });

    test("a dropped file is read", async () => {
      await browser.evaluate(async () => {
        const element = document.querySelector("why-401");
        element.clear();
        await element.warm();
        const dropped = new DataTransfer();
        dropped.items.add(new File(["Authorization: Bearer ya29.c.c0AY_EXAMPLE"], "request.txt"));
        await element.drop(new DragEvent("drop", { dataTransfer: dropped }));
      });
      assert.ok(await verdict(browser));
    });

    test("the theme changes, Esc clears", async () => {
      await browser.evaluate(() => {
        const theme = document.querySelector("#theme");
        theme.value = "dark";
        theme.dispatchEvent(new Event("change"));
      });
      const dark = () => browser.evaluate(() => getComputedStyle(document.querySelector("why-401")).colorScheme);
      assert.equal(await dark(), "dark");
      await browser.escape("#paste");
      assert.equal(await browser.evaluate(() => read("#paste").value + Boolean(read(".welcome"))), "true");
    });

    test("it says its version and the SHA-256 of its wasm", async () => {
      const file = await readFile(new URL("why401.html", DIST), "utf8");
      const wasm = gunzipSync(Buffer.from(file.match(/WASM_GZIP_BASE64 = "([^"]*)"/)[1], "base64"));
      const { version } = JSON.parse(await readFile(new URL("npm/package.json", DIST), "utf8"));
      const shown = await browser.evaluate(() => document.querySelector("footer").innerText);
      assert.ok(shown.includes(createHash("sha256").update(wasm).digest("hex")), shown);
      assert.ok(shown.includes(`Version ${version}`), shown);
    });
  });
}

/** The verdict once there is one. */
function verdict(browser) {
  return until(() => browser.evaluate(() => read("[data-verdict][data-cause]")?.dataset.cause));
}

/** What `look` answers once that is anything. */
async function until(look) {
  for (let tries = 0; tries < 100; tries += 1) {
    const seen = await look();
    if (seen) return seen;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return undefined;
}

function token(claims) {
  const part = (value) => Buffer.from(value).toString("base64url");
  return [JSON.stringify({ alg: "RS256", typ: "JWT" }), JSON.stringify(claims), "EXAMPLE-NOT-A-SIGNATURE"].map(part).join(".");
}
