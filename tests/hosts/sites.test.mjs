// Real documentation sites with why401 in them: the examples of docs/embedding.md, as their own
// tools build them, in light and dark, under several policies.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { after, before, test } from "node:test";
import { launch, openPage, setting } from "../e2e/support.mjs";

const ACCESS_TOKEN = "Authorization: Bearer ya29.c.c0AY_EXAMPLE-NOT-A-TOKEN";
const CAUSE = "access-token-where-id-token-needed";

/** Each site's folder below WHY401_SITES, the page with both forms, and how a reader gets there. */
const SITES = {
  plain: { path: "/index.html", element: true },
  "mkdocs-material": { path: "/", link: "Refused requests", element: true },
  vitepress: { path: "/", element: true },
  techdocs: { path: "/", element: false },
};

/** What these generators need for themselves, with and without leave for wasm. */
const GENERATORS = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; script-src 'self' 'unsafe-inline'";
const POLICIES = {
  "the site's own policy": undefined,
  "a policy that allows wasm": `${GENERATORS} 'wasm-unsafe-eval'`,
  "a policy that forbids wasm": GENERATORS,
};

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml" };

let browser;

before(async () => {
  browser = await launch();
});

after(() => browser?.close());

for (const [name, site] of Object.entries(SITES)) {
  for (const [rule, policy] of Object.entries(POLICIES)) {
    test(`${name}, under ${rule}`, async () => {
      const server = await serve(join(setting("WHY401_SITES"), name), policy);
      const surfaces = [];
      for (const colorScheme of ["light", "dark"]) {
        const { page, close } = await openPage(browser, server.url + site.path.slice(1), { colorScheme });
        if (site.link) await page.getByRole("paragraph").getByRole("link", { name: site.link, exact: true }).click();
        const frame = page.frameLocator("iframe[title=why401]");
        assert.equal(await verdict(frame), CAUSE);
        surfaces.push(await surface(frame));
        if (site.element && rule === "a policy that forbids wasm") {
          const element = page.locator("why-401");
          await element.getByLabel("Paste", { exact: true }).fill(ACCESS_TOKEN);
          assert.match(await element.getByRole("alert").textContent(), /does not allow WebAssembly.*iframe form/);
        } else if (site.element) {
          await page.getByLabel("Your service").selectOption({ label: "Orders" });
          assert.equal(await verdict(page), CAUSE);
          const runbook = page.getByRole("link", { name: "Runbook of Orders" });
          assert.equal(await runbook.getAttribute("href"), "https://wiki.example.com/orders");
          surfaces.push(await surface(page));
        }
        await close();
      }
      // Light and dark differ, and both forms agree on each.
      assert.equal(new Set(surfaces).size, 2, surfaces.join());
      await server.close();
    });
  }
}

/** Pastes into the form in `place` and returns the verdict's cause. */
async function verdict(place) {
  await place.locator("why-401").getByLabel("Paste", { exact: true }).fill(ACCESS_TOKEN);
  const found = place.locator("[data-verdict][data-cause]");
  await found.waitFor();
  return found.getAttribute("data-cause");
}

/** The colour of its fields. */
function surface(place) {
  return place.locator("why-401").locator("#paste").evaluate((field) => getComputedStyle(field).backgroundColor);
}

/** Serves a folder; the policy is sent with every page but why401.html, which has its own. */
async function serve(folder, policy) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://127.0.0.1");
    const path = decodeURIComponent(pathname.endsWith("/") ? `${pathname}index.html` : pathname);
    try {
      const body = await readFile(join(folder, path));
      const headers = { "content-type": TYPES[extname(path)] ?? "application/octet-stream" };
      if (policy && !path.endsWith("/why401.html")) headers["content-security-policy"] = policy;
      response.writeHead(200, headers).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => new Promise((closed) => server.close(closed)) };
}
