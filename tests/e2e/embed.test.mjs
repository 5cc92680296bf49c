// The element and the iframe form inside pages that are not ours.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { jwt } from "./states.mjs";
import { launch, openPage, serveDist } from "./support.mjs";

const URL_OF_ORDERS = "https://orders-4k3jd82hfa-uc.a.run.app";
const ACCESS_TOKEN = "Authorization: Bearer ya29.c.c0AY_EXAMPLE-NOT-A-TOKEN-7f3e9d2b";
const SERVICES = [
  {
    name: "Orders",
    url: URL_OF_ORDERS,
    project: "shop-prod",
    region: "us-central1",
    service: "orders",
    audiences: ["https://orders.example.com"],
    runbook: "https://wiki.example.com/orders?on=call",
  },
  { name: "Bad link", runbook: "javascript:alert(1)" },
  { name: "Plain link", runbook: "http://wiki.example.com/" },
  { name: "Link with a password", runbook: "https://user:secret@wiki.example.com/" },
];
const MODULE = '<script type="module" src="/why-401.js"></script>';

let browser;
let server;

before(async () => {
  [browser, server] = await Promise.all([launch(), serveDist()]);
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/** A host page at an address of its own. */
async function host(body, { head = "", policy } = {}) {
  const { page, problems, close } = await openPage(browser, "about:blank");
  await page.route(`${server.url}host`, (route) =>
    route.fulfill({
      headers: { "content-type": "text/html; charset=utf-8", ...(policy && { "content-security-policy": policy }) },
      body: `<!doctype html><html lang="en"><head><link rel="icon" href="data:,">${head}</head><body>${body}</body></html>`,
    }),
  );
  await page.goto(`${server.url}host`);
  return { page, problems, close };
}

test("two lines put the element into a page; the wasm is compiled on first use, once", async () => {
  const count = `<script>
    window.compiled = 0;
    const compile = WebAssembly.compile;
    WebAssembly.compile = (bytes) => { window.compiled += 1; return compile.call(WebAssembly, bytes); };
  </script>`;
  const { page, problems, close } = await host(`${MODULE}<why-401 id="a"></why-401><why-401 id="b"></why-401>`, { head: count });
  await page.waitForTimeout(300);
  assert.equal(await page.evaluate(() => window.compiled), 0);
  for (const id of ["a", "b"]) {
    await page.locator(`#${id}`).getByLabel("Paste", { exact: true }).fill(ACCESS_TOKEN);
    await page.locator(`#${id} [data-verdict][data-cause]`).waitFor();
  }
  assert.equal(await page.evaluate(() => window.compiled), 1);
  assert.deepEqual(problems, []);
  await close();
});

test("attributes set the fields, the theme and the size, also later", async () => {
  const attributes = `service-url="${URL_OF_ORDERS}" caller="cloud-run" custom-audiences="https://a.example,https://b.example"`;
  const { page, close } = await host(`${MODULE}<why-401 ${attributes} theme="dark" compact></why-401>`);
  await page.getByLabel("Paste", { exact: true }).fill(ACCESS_TOKEN);
  const verdict = page.locator("[data-verdict]");
  await verdict.waitFor();
  assert.equal(await verdict.getAttribute("data-cause"), "access-token-where-id-token-needed");
  const seen = () =>
    page.evaluate(() => {
      const element = document.querySelector("why-401");
      const field = (id) => element.shadowRoot.getElementById(id).value;
      const columns = element.shadowRoot.querySelector(".columns");
      return [
        field("service-url"),
        field("caller"),
        field("custom-audiences"),
        getComputedStyle(columns).colorScheme,
        getComputedStyle(columns).fontSize,
      ];
    });
  assert.deepEqual(await seen(), [URL_OF_ORDERS, "cloud-run", "https://a.example,https://b.example", "dark", "15px"]);
  await page.evaluate(() => {
    const element = document.querySelector("why-401");
    element.setAttribute("service-url", "https://billing-4k3jd82hfa-uc.a.run.app");
    element.setAttribute("theme", "light");
    element.removeAttribute("compact");
  });
  assert.deepEqual((await seen()).filter((_, place) => place !== 1 && place !== 2), [
    "https://billing-4k3jd82hfa-uc.a.run.app",
    "light",
    "16px",
  ]);
  await close();
});

for (const [form, body] of Object.entries({
  "a JSON child": `${MODULE}<why-401><script type="application/json">${JSON.stringify(SERVICES)}</script></why-401>`,
  "the property": `${MODULE}<why-401></why-401><script type="module">document.querySelector("why-401").presets = ${JSON.stringify(SERVICES)};</script>`,
  "the property, set before the element is defined": `<why-401></why-401><script>document.querySelector("why-401").presets = ${JSON.stringify(SERVICES)};</script>${MODULE}`,
})) {
  test(`a team's services by ${form}: fields, commands and a runbook`, async () => {
    const { page, problems, close } = await host(body);
    await page.getByLabel("Your service").selectOption({ label: "Orders" });
    const fields = await page.evaluate(() => {
      const root = document.querySelector("why-401").shadowRoot;
      return ["service-url", "project", "region", "service", "custom-audiences"].map((id) => root.getElementById(id).value);
    });
    assert.deepEqual(fields, [URL_OF_ORDERS, "shop-prod", "us-central1", "orders", "https://orders.example.com"]);
    const runbook = page.getByRole("link", { name: "Runbook of Orders at wiki.example.com" });
    assert.equal(await runbook.getAttribute("href"), "https://wiki.example.com/orders?on=call");
    assert.equal(await runbook.getAttribute("rel"), "noopener noreferrer");
    // 403 with a fitting token asks for a grant, whose command needs project, region and service.
    await page.getByLabel("Paste", { exact: true }).fill(`Authorization: Bearer ${jwt({})}\n< HTTP/2 403`);
    await page.locator("[data-command]").first().waitFor();
    const commands = (await page.locator("[data-command]").allTextContents()).join("\n");
    for (const value of ["shop-prod", "us-central1", "orders"]) assert.ok(commands.includes(value), `${value} in ${commands}`);
    for (const { name } of SERVICES.slice(1)) {
      await page.getByLabel("Your service").selectOption({ label: name });
      assert.equal(await page.locator(".presets a[href]").count(), 0, name);
    }
    await page.getByLabel("Your service").selectOption({ label: "Orders" });
    await page.getByRole("button", { name: "Clear" }).click();
    assert.equal(await page.getByLabel("Your service").inputValue(), "");
    assert.equal(await page.locator(".presets a[href]").count(), 0);
    assert.deepEqual(problems, []);
    await close();
  });
}

test("presets of odd types leave the page alive and hide nothing", async () => {
  const odd = [
    { name: { toString: 1 }, url: 7, audiences: [{ toString: 1 }, null], runbook: [] },
    { name: "Or\u202Ed\u200Ber", url: URL_OF_ORDERS, region: {} },
  ];
  const { page, problems, close } = await host(`${MODULE}<why-401><script type="application/json">${JSON.stringify(odd)}</script></why-401>`);
  await page.getByLabel("Your service").selectOption({ label: "unnamed" });
  await page.getByLabel("Your service").selectOption({ label: "Or‹U+202E›d‹U+200B›er" });
  assert.equal(await page.getByLabel("Service URL").inputValue(), URL_OF_ORDERS);
  await page.getByLabel("Paste", { exact: true }).fill(`Authorization: Bearer ${jwt({})}\n< HTTP/2 403`);
  await page.locator("[data-command]").first().waitFor();
  assert.match((await page.locator(".caution").allTextContents()).join("\n"), /by the link or page that you opened/);
  assert.deepEqual(problems, []);
  await close();
});

test("presets that are none are none", async () => {
  for (const text of ["{", "7", "null", '{"name":"x"}', "[null, 3]", '"x"']) {
    const { page, problems, close } = await host(`${MODULE}<why-401><script type="application/json">${text}</script></why-401>`);
    await page.getByLabel("Paste", { exact: true }).waitFor();
    assert.equal(await page.getByLabel("Your service").count(), 0, text);
    assert.deepEqual(problems, [], text);
    await close();
  }
});

test("the event tells id, gate and likelihood, and nothing pasted", async () => {
  const listen = `<script>
    window.told = [];
    addEventListener("why401:verdict", ({ detail, bubbles, composed }) => window.told.push({ detail, bubbles, composed }));
  </script>`;
  // Within another closed shadow root: only a composed event gets out of both.
  const { page, close } = await host(`${listen}${MODULE}<div id="outer"></div><script type="module">
    window.inner = document.createElement("why-401");
    inner.setAttribute("service-url", "${URL_OF_ORDERS}");
    document.querySelector("#outer").attachShadow({ mode: "closed" }).append(inner);
  </script>`);
  await page.evaluate((text) => window.inner.paste(text), ACCESS_TOKEN);
  await page.waitForFunction(() => window.told.length > 0);
  const told = await page.evaluate(() => window.told);
  assert.deepEqual(told, [
    {
      detail: { id: "access-token-where-id-token-needed", gate: "verify", likelihood: "certain" },
      bubbles: true,
      composed: true,
    },
  ]);
  await close();
});

test("styles leak neither in nor out", async () => {
  const hostile = `<style>
    body, body * { color: red !important; font: italic 40px serif !important; letter-spacing: 9px !important; text-transform: uppercase !important;
        text-align: right !important; line-height: 5 !important; word-spacing: 20px !important; text-indent: 50px !important;
        white-space: pre !important; visibility: visible; list-style: square !important; cursor: wait !important; }
    div, p, button, input, textarea, label, h2, h3, code, section { display: none !important; background: red !important; }
    .verdict, .fields, .columns, .output, .field { opacity: 0 !important; border: 9px solid red !important; }
  </style>`;
  const looks = async (head) => {
    const { page, close } = await host(`<why-401 service-url="${URL_OF_ORDERS}"></why-401><p class="verdict" id="outside">outside</p>${MODULE}`, { head });

    await page.getByLabel("Paste", { exact: true }).fill(ACCESS_TOKEN);
    await page.locator("[data-verdict]").waitFor();
    const seen = await page.evaluate(() => {
      const styles = (element) => {
        const style = getComputedStyle(element);
        return Object.fromEntries([...style].map((name) => [name, style.getPropertyValue(name)]));
      };
      const inside = document.querySelector("why-401").shadowRoot.querySelectorAll(".columns, .columns *");
      return {
        inside: [...inside].map((element) => [element.className || element.localName, styles(element)]),
        outside: styles(document.querySelector("#outside")),
        sheets: document.styleSheets.length + document.adoptedStyleSheets.length,
      };
    });
    await close();
    return seen;
  };
  const [clean, leaking] = [await looks(""), await looks(hostile)];
  assert.equal(clean.inside.length, leaking.inside.length);
  assert.ok(clean.inside.length > 100);
  const different = clean.inside.flatMap(([name, styles], place) =>
    Object.entries(styles)
      .filter(([property, value]) => leaking.inside[place][1][property] !== value)
      .map(([property, value]) => `${name} ${property}: ${value} became ${leaking.inside[place][1][property]}`),
  );
  assert.deepEqual(different.slice(0, 5), []);
  // Out: the paragraph with a class of ours is as in a page without the element.
  const { page, close } = await host('<p class="verdict" id="outside">outside</p>');
  const alone = await page.evaluate(() => {
    const style = getComputedStyle(document.querySelector("#outside"));
    return Object.fromEntries([...style].map((name) => [name, style.getPropertyValue(name)]));
  });
  await close();
  assert.deepEqual(clean.outside, alone);
  assert.equal(clean.sheets, 0);
});

test("what docs/embedding.md says of parts and custom properties is what there is", async () => {
  const docs = await readFile(new URL("../../docs/embedding.md", import.meta.url), "utf8");
  const styles = await readFile(new URL("../../www/element.css", import.meta.url), "utf8");
  const named = (text, pattern) => [...new Set([...text.matchAll(pattern)].map(([, name]) => name))].sort();
  const properties = named(styles, /var\((--why401-[a-z]+)/g);
  assert.deepEqual(named(docs, /^\| `(--why401-[a-z]+)`/gm), properties);
  const { page, close } = await host(`<style>why-401 { --why401-raised: rgb(1, 2, 3); } why-401::part(verdict) { outline-color: rgb(4, 5, 6); }</style>${MODULE}<why-401></why-401>`);
  await page.evaluate((services) => (document.querySelector("why-401").presets = services), SERVICES);
  const parts = new Set();
  const collect = async () => {
    const now = await page.evaluate(() =>
      [...document.querySelector("why-401").shadowRoot.querySelectorAll("[part]")].map((element) => element.getAttribute("part")),
    );
    for (const part of now) parts.add(part);
  };
  const examples = await page.locator(".examples button").count();
  for (let place = 0; place < examples; place += 1) {
    await collect();
    await page.locator(".welcome details").evaluate((details) => (details.open = true));
    await page.locator(".examples button").nth(place).click();
    await page.locator("[data-verdict]").waitFor();
    await collect();
    await page.getByRole("button", { name: "Clear" }).click();
  }
  assert.deepEqual(named(docs, /^\| `::part\(([a-z-]+)\)`/gm), [...parts].sort());
  await page.getByLabel("Paste", { exact: true }).fill(ACCESS_TOKEN);
  await page.locator("[data-verdict]").waitFor();
  const set = await page.evaluate(() => {
    const root = document.querySelector("why-401").shadowRoot;
    return [getComputedStyle(root.querySelector("textarea")).backgroundColor, getComputedStyle(root.querySelector(".verdict")).outlineColor];
  });
  assert.deepEqual(set, ["rgb(1, 2, 3)", "rgb(4, 5, 6)"]);
  await close();
});

test("a host that forbids wasm: the element says what to do, the iframe form works", async () => {
  const policy = "default-src 'none'; script-src 'self'; style-src 'self'; frame-src 'self'";
  const presets = { serviceUrl: URL_OF_ORDERS, theme: "dark", services: SERVICES };
  const address = `/why401.html#${encodeURIComponent(JSON.stringify(presets))}`;
  const { page, close } = await host(`${MODULE}<why-401></why-401><iframe src="${address}" title="why401"></iframe>`, { policy });
  await page.locator("why-401").getByLabel("Paste", { exact: true }).fill(ACCESS_TOKEN);
  const sentence = await page.locator("why-401").getByRole("alert").textContent();
  assert.match(sentence, /policy does not allow WebAssembly/);
  assert.match(sentence, /iframe form/);
  const frame = page.frameLocator("iframe");
  assert.equal(await frame.getByLabel("Service URL", { exact: true }).inputValue(), URL_OF_ORDERS);
  await frame.getByLabel("Your service").selectOption({ label: "Orders" });
  await frame.getByLabel("Paste", { exact: true }).fill(ACCESS_TOKEN);
  const verdict = frame.locator("[data-verdict]");
  await verdict.waitFor();
  assert.equal(await verdict.getAttribute("data-cause"), "access-token-where-id-token-needed");
  assert.equal(await frame.locator("why-401").getAttribute("theme"), "dark");
  await close();
});

test("the iframe form takes no token from the address, tells its height, and listens to nobody", async () => {
  const presets = { serviceUrl: URL_OF_ORDERS, paste: "SECRET-IN-ADDRESS", response: "SECRET-IN-ADDRESS", caller: 7, services: "x" };
  const { page, problems, close } = await host(`<script>
      window.messages = [];
      addEventListener("message", ({ data, origin, source }) => {
        window.messages.push(data);
        document.querySelector("iframe").style.height = data.height + "px";
      });
    </script>
    <iframe style="width: 600px; height: 150px; border: 0" src="/why401.html#${encodeURIComponent(JSON.stringify(presets))}"></iframe>`);
  const frame = page.frameLocator("iframe");
  await frame.getByLabel("Paste", { exact: true }).waitFor();
  const filled = () => frame.locator("why-401").evaluate((element) => element.shadowRoot.getElementById("paste").value + element.shadowRoot.getElementById("response").value);
  assert.equal(await filled(), "");
  await page.waitForFunction(() => window.messages.length > 0);

  // Nothing that is sent to it does anything.
  const state = () => frame.locator("html").evaluate((root) => root.ownerDocument.querySelector("why-401").shadowRoot.textContent + location.href);
  const before = await state();
  await page.evaluate(() => {
    const inside = document.querySelector("iframe").contentWindow;
    for (const message of ["x", { type: "why401:paste", paste: "x" }, { type: "why401:clear" }, { paste: "x" }, { theme: "dark" }]) {
      inside.postMessage(message, "*");
    }
  });
  await page.waitForTimeout(300);
  assert.equal(await state(), before);

  await frame.getByLabel("Paste", { exact: true }).fill(ACCESS_TOKEN);
  await frame.locator("[data-verdict]").waitFor();
  await page.waitForTimeout(500);
  const messages = await page.evaluate(() => window.messages);
  for (const message of messages) {
    assert.deepEqual(Object.keys(message).sort(), ["height", "type"]);
    assert.equal(message.type, "why401:height");
    assert.ok(Number.isInteger(message.height) && message.height > 100);
  }
  const { height } = messages.at(-1);
  assert.ok(height > messages[0].height, "a verdict needs more room than the welcome");
  // As tall as told, nothing is left to scroll.
  const scrolls = await frame.locator("html").evaluate((root) => root.scrollHeight - root.clientHeight);
  assert.ok(scrolls <= 1, `${scrolls} px are left to scroll`);
  assert.deepEqual(problems, []);
  await close();
});

test("an address that holds no presets counts for nothing", async () => {
  for (const fragment of ["#%", "#{", "#7", "#null", "#[1]", "#%22x%22", `#${encodeURIComponent('{"serviceUrl":{"a":1},"theme":[1],"services":[null]}')}`]) {
    const { page, problems, close } = await openPage(browser, `${server.url}why401.html${fragment}`);
    await page.getByLabel("Paste", { exact: true }).fill(ACCESS_TOKEN);
    await page.locator("[data-verdict]").waitFor();
    assert.equal(await page.getByLabel("Service URL", { exact: true }).inputValue(), "", fragment);
    assert.deepEqual(problems, [], fragment);
    await close();
  }
});
