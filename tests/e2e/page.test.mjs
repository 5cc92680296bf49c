// What the page does: it reads, answers, copies and forgets.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { FILE_URL, NOW, launch, openPage, serveDist } from "./support.mjs";
import { example, jwt, load, manyClaims, paste, settled } from "./states.mjs";

const SERVICE = "https://orders-4k3jd82hfa-uc.a.run.app";
let browser;
let server;

before(async () => {
  [browser, server] = await Promise.all([launch(), serveDist()]);
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/** A test on a page of its own, opened from disk unless it says otherwise; it must stay silent. */
function onPage(name, run, options = {}) {
  test(name, async () => {
    const { url = FILE_URL, ...context } = options;
    const opened = await openPage(browser, typeof url === "function" ? url() : url, context);
    await run(opened.page);
    assert.deepEqual(opened.problems, []);
    await opened.close();
  });
}

const OVER_HTTP = { url: () => `${server.url}why401.html`, permissions: ["clipboard-read", "clipboard-write"] };
const field = (page, label) => page.getByLabel(label, { exact: true });
const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());
const cause = (page) => page.locator("[data-verdict]").getAttribute("data-cause");

/** Pastes as a browser does, on whatever is focused. */
const pasteEvent = (page, text) =>
  page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    (document.activeElement ?? document.body).dispatchEvent(
      new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true, composed: true }),
    );
  }, text);

onPage("a first visit explains itself and every example has a verdict", async (page) => {
  const names = await page.locator(".examples button").allTextContents();
  assert.ok(names.length >= 8, names.join());
  const causes = new Set();
  for (const name of names) {
    await example(name)(page);
    causes.add(await cause(page));
    await page.keyboard.press("Escape");
    await page.locator(".welcome").waitFor();
  }
  assert.ok(causes.size >= 7, [...causes].join());
});

onPage("a paste anywhere on the page is read", async (page) => {
  await page.locator("h1").click();
  await pasteEvent(page, jwt({ exp: NOW - 60 }));
  await settled(page);
  assert.match(await field(page, "Paste").inputValue(), /^eyJ/);
});

onPage("a dropped file is read", async (page) => {
  const data = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], "token.txt", { type: "text/plain" }));
    return transfer;
  }, jwt({}));
  await page.dispatchEvent("body", "drop", { dataTransfer: data });
  await settled(page);
});

onPage("the verdict is there before the event that asked for it ends", async (page) => {
  await paste(page, "x");
  await settled(page);
  const drawn = await page.evaluate((token) => {
    const root = document.querySelector("why-401").shadowRoot;
    const area = root.querySelector("#paste");
    area.value = token;
    area.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
    return root.querySelector(".segments") !== null;
  }, jwt({}));
  assert.ok(drawn);
});

onPage("the URL field offers what the transcript holds", async (page) => {
  await paste(page, `curl -H "Authorization: Bearer ${jwt({})}" ${SERVICE}/orders`);
  await settled(page);
  assert.match(await page.locator("datalist option").first().getAttribute("value"), /^https:\/\/orders-4k3jd82hfa/);
  assert.match(await field(page, "Service URL").getAttribute("placeholder"), /from the transcript/);
});

onPage("what would change the verdict is asked for, and the answer is awaited", async (page) => {
  await paste(page, jwt({}));
  const ask = page.locator('[data-ask="service-url"]');
  await ask.click();
  assert.ok(await field(page, "Service URL").evaluate((input) => input.getRootNode().activeElement === input));
  await field(page, "Service URL").fill(SERVICE);
  await page.getByRole("button", { name: "403", exact: true }).click();
  await page.waitForFunction(() => {
    const verdict = document.querySelector("why-401").shadowRoot.querySelector("[data-verdict]");
    return verdict.dataset.gate === "allow";
  });
});

onPage("each copy button copies what is shown, byte for byte", async (page) => {
  await example("Made for another URL")(page);
  for (const details of await page.locator(".output details > summary").all()) await details.click();
  const fixes = await page.locator(".fix").all();
  assert.ok(fixes.length > 2);
  for (const fix of fixes) {
    await fix.locator("[data-copy=command]").click();
    const shown = await fix.locator("[data-command]").evaluate((code) => code.textContent);
    assert.equal(await clipboard(page), shown);
    assert.ok(!shown.endsWith("\n"));
  }
  await page.locator('[data-copy="json"]').click();
  assert.match(await clipboard(page), /"iss": "https:\/\/accounts\.google\.com"/);
}, OVER_HTTP);

onPage("the copied report has no signature, and masks whom it is asked to", async (page) => {
  await example("Made for another URL")(page);
  const copied = async (what, sign) => {
    await page.locator(`[data-copy="${what}"]`).click();
    await page.waitForFunction(async (sign) => (await navigator.clipboard.readText()).includes(sign), sign);
    return clipboard(page);
  };
  const brief = await copied("report", "/docs/causes/audience-mismatch.md");
  assert.ok(brief.trim().split("\n").length <= 8, brief);
  const whole = await copied("whole", "### What was sent");
  assert.match(whole, /checkout@example-project/);
  for (const text of [brief, whole]) assert.doesNotMatch(text, /RVhBTVBMR|NOT-A-SIGNATURE/);
  await page.getByLabel("mask e-mail and sub").check();
  assert.doesNotMatch(await copied("whole", "MASKED"), /checkout|100000000000000000001/);
}, OVER_HTTP);

onPage("a page from disk can copy too", async (page) => {
  await example("Made for another URL")(page);
  await page.locator("[data-fix] [data-copy]").first().click();
  await page.locator('[data-copied="Copied"]').first().waitFor();
});

onPage("Clear, Esc and leaving the page empty everything", async (page) => {
  const leave = () => page.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
  const ways = [
    () => page.getByRole("button", { name: "Clear", exact: true }).click(),
    () => page.keyboard.press("Escape"),
    leave,
  ];
  for (const clear of ways) {
    await field(page, "Service URL").fill(SERVICE);
    await paste(page, jwt({ email: "leopard@example.com" }));
    await settled(page);
    await clear();
    assert.equal(await page.locator("[data-verdict]").count(), 0);
    const left = await page.evaluate(() => {
      const root = document.querySelector("why-401").shadowRoot;
      const values = [...root.querySelectorAll("input, textarea, select")].map((one) => one.value);
      return values.join("") + root.textContent;
    });
    assert.doesNotMatch(left, /leopard|eyJ|orders-4k3/);
  }
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
  await paste(page, jwt({}));
  await settled(page);
});

onPage("Clear and Esc can be undone, until the page is left", async (page) => {
  const token = jwt({ exp: NOW - 4000 });
  await paste(page, token);
  await field(page, "Service URL").fill(SERVICE);
  await settled(page);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Undo" }).click();
  await settled(page);
  assert.equal(await field(page, "Paste").inputValue(), token);
  assert.equal(await field(page, "Service URL").inputValue(), SERVICE);
  await page.keyboard.press("Escape");
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
  assert.equal(await page.getByRole("button", { name: "Undo" }).count(), 0);
});

onPage("a further paste adds, and each can be taken out", async (page) => {
  const token = jwt({});
  await paste(page, token);
  await page.locator("h1").click();
  await page.evaluate(() => document.activeElement.blur());
  await pasteEvent(page, "< HTTP/2 403\n< server: Google Frontend");
  const chips = page.locator(".added li");
  assert.equal(await chips.count(), 1);
  assert.equal(await field(page, "Paste").inputValue(), token);
  assert.match(await page.locator("[data-panel=read]").textContent(), /403/);
  await chips.getByRole("button").click();
  assert.equal(await chips.count(), 0);
  assert.equal(await page.locator("[data-panel=read]").count(), 0);
});

onPage("typing a URL never flashes a verdict about half of it", async (page) => {
  await paste(page, jwt({}));
  await settled(page);
  await page.evaluate(() => {
    window.heard = [];
    document.addEventListener("why401:verdict", ({ detail }) => window.heard.push(detail.id));
  });
  await field(page, "Service URL").pressSequentially(SERVICE, { delay: 5 });
  await page.waitForFunction(() => document.querySelector("why-401").shadowRoot.querySelector("[data-tone=fine]"));
  assert.ok(!(await page.evaluate(() => window.heard)).includes("wrong-url"));
  assert.deepEqual(await page.evaluate(() => window.heard.filter((id) => id !== "token-fine")), []);
});

onPage("a value typed in place of CAPITALS fills every command, and only where it may", async (page) => {
  await field(page, "Service URL").fill(SERVICE);
  await paste(page, "< HTTP/2 403\n\nThe request was not authenticated. Either allow unauthenticated invocations or set the proper Authorization header.");
  await settled(page);
  await page.locator(".output details").evaluateAll((all) => all.forEach((details) => (details.open = true)));
  const holes = page.locator('[data-hole="SERVICE_ACCOUNT_EMAIL"]');
  assert.ok((await holes.count()) > 0);
  const fix = page.locator(".fix").filter({ has: holes.first() }).first();
  await fix.locator("[data-hole]").first().fill("x; id");
  await fix.locator("[data-copy=command]").click();
  assert.match(await clipboard(page), /SERVICE_ACCOUNT_EMAIL/);
  assert.equal(await holes.first().getAttribute("aria-invalid"), "true");
  const key = await page.locator(".fix").filter({ has: holes.first() }).first().locator("[data-copy]").getAttribute("data-key");
  await holes.first().fill("checkout@example-project.iam.gserviceaccount.com");
  // The click comes while the value is not drawn yet.
  await page.locator(`[data-key="${key}"]`).click();
  assert.match(await clipboard(page), /checkout@example-project\.iam\.gserviceaccount\.com/);
  assert.equal(await holes.count(), 0);
}, OVER_HTTP);

onPage("screen readers hear the verdict once typing pauses, and nothing that was pasted", async (page) => {
  await paste(page, jwt({ email: "leopard@example.com", exp: NOW - 60 }));
  const said = page.getByRole("status");
  await page.waitForFunction(() => document.querySelector("why-401").shadowRoot.querySelector("[role=status]").textContent);
  const words = await said.textContent();
  assert.match(words, /stopped at|No stop|Not judged/);
  assert.doesNotMatch(words, /leopard|eyJ|http/);
});

onPage("the expiry ticks, and the verdict changes when it passes", async (page) => {
  await page.clock.install({ time: NOW * 1000 });
  await page.reload();
  await field(page, "Service URL").fill(SERVICE);
  await paste(page, jwt({ exp: NOW + 3, iat: NOW - 3597 }));
  await settled(page);
  assert.notEqual(await cause(page), "expired");
  const before = await page.locator(".expiry").textContent();
  await page.clock.runFor(2000);
  assert.notEqual(await page.locator(".expiry").textContent(), before);
  await page.clock.runFor(120_000);
  await page.locator('[data-verdict][data-cause="expired"]').waitFor();
});

onPage("one event tells the verdict and never the token", async (page) => {
  await page.evaluate(() => {
    window.heard = [];
    document.addEventListener("why401:verdict", (event) => window.heard.push(event.detail));
  });
  await field(page, "Service URL").fill(SERVICE);
  await paste(page, jwt({ exp: NOW - 4000 }));
  await settled(page);
  const heard = await page.evaluate(() => window.heard);
  assert.deepEqual(heard.at(-1), { id: "expired", gate: "verify", likelihood: "certain" });
  for (const detail of heard) assert.deepEqual(Object.keys(detail), ["id", "gate", "likelihood"]);
});

onPage("several credentials are listed and any can be judged", async (page) => {
  await paste(page, `X-Serverless-Authorization: Bearer ${jwt({})}\nAuthorization: Bearer ya29.c.c0AY_EXAMPLE-NOT-A-TOKEN-EXAMPLE`);
  await settled(page);
  const picks = page.locator("[data-pick]");
  assert.equal(await picks.count(), 2);
  const other = picks.and(page.locator('[aria-pressed="false"]'));
  const key = await other.getAttribute("data-key");
  await other.click();
  assert.equal(await page.locator(`[data-key="${key}"]`).getAttribute("aria-pressed"), "true");
  assert.ok(await page.evaluate((key) => document.querySelector("why-401").shadowRoot.activeElement?.dataset.key === key, key));
});

onPage("what is open and focused stays so while typing goes on", async (page) => {
  await paste(page, jwt({}));
  await settled(page);
  await page.getByText("Raw JSON, without the signature").click();
  await field(page, "Service URL").fill(SERVICE);
  assert.ok(await page.locator("[data-raw]").evaluate((details) => details.open));
  assert.ok(await field(page, "Service URL").evaluate((input) => input.getRootNode().activeElement === input));
});

onPage("what was opened in the very moment of a drawing stays open", async (page) => {
  await paste(page, jwt({}));
  await settled(page);
  const open = await field(page, "Service URL").evaluate((input, url) => {
    const raw = () => input.getRootNode().querySelector("[data-raw]");
    const before = raw();
    before.querySelector("summary").click();
    // In the same task: the event that tells of the opening has not come yet.
    input.value = url;
    input.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
    return { drawnAgain: raw() !== before, open: raw().open };
  }, SERVICE);
  assert.deepEqual(open, { drawnAgain: true, open: true });
});

onPage("a claim and its place in the token light up together", async (page) => {
  await paste(page, jwt({}));
  await settled(page);
  await page.locator(".claims [data-claim='2'] button").focus();
  const lit = await page.locator(".segments .lit").textContent();
  const index = await page.locator(".segments .seg.payload").evaluate((payload, lit) => payload.textContent.indexOf(lit), lit);
  // Characters stand for six bits each: what lies whole within them is the claim.
  const padded = "A".repeat(index % 4) + lit;
  assert.match(Buffer.from(padded, "base64url").toString("latin1"), /email":"checkout@/);
});

onPage("a payload of 1 MB draws no more than one of a hundred claims", async (page) => {
  const drawn = async (count) => {
    await load(page, manyClaims(count));
    return page.locator("why-401").evaluate(({ shadowRoot }) => {
      const output = shadowRoot.querySelector(".output");
      return { elements: output.querySelectorAll("*").length, characters: output.textContent.length };
    });
  };
  const hundred = await drawn(100);
  const megabyte = await drawn(9000);
  assert.ok(megabyte.elements <= hundred.elements, JSON.stringify({ hundred, megabyte }));
  assert.ok(megabyte.characters <= hundred.characters, JSON.stringify({ hundred, megabyte }));
});

onPage("nothing moves while one types", async (page) => {
  await paste(page, jwt({}));
  await settled(page);
  await page.evaluate(() => {
    window.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: false });
  });
  const place = () => field(page, "Service URL").boundingBox();
  const before = await place();
  await field(page, "Service URL").pressSequentially(SERVICE, { delay: 5 });
  assert.deepEqual(await place(), before);
  assert.equal(await page.evaluate(() => window.shift), 0);
});

onPage("a trap of the core is said, and a fresh one takes over", async (page) => {
  await paste(page, jwt({}));
  await settled(page);
  await page.evaluate(() => {
    // Nothing pasted makes the core trap; the page must survive it all the same.
    const parse = JSON.parse;
    JSON.parse = () => {
      JSON.parse = parse;
      throw new WebAssembly.RuntimeError("unreachable");
    };
  });
  await paste(page, jwt({ exp: NOW - 9 }));
  await page.getByText("Internal error, nothing was sent.").waitFor();
  await paste(page, jwt({ exp: NOW - 4000 }));
  await settled(page);
});

onPage("every field is closed to spell checkers, autofill and translation", async (page) => {
  const open = await page.evaluate(() => {
    const wanted = {
      spellcheck: "false", writingsuggestions: "false", autocorrect: "off", autocapitalize: "off", autocomplete: "off", translate: "no",
      "data-gramm": "false", "data-gramm_editor": "false", "data-enable-grammarly": "false",
      "data-lpignore": "true", "data-1p-ignore": "true", "data-bwignore": "true", "data-form-type": "other",
    };
    const root = document.querySelector("why-401").shadowRoot;
    const fields = [...root.querySelectorAll("textarea, input:not([type=checkbox])")];
    const missing = fields.flatMap((field) =>
      Object.entries(wanted).filter(([name, value]) => field.getAttribute(name) !== value).map(([name]) => `${field.id} ${name}`),
    );
    return { count: fields.length, missing, forms: document.forms.length + root.querySelectorAll("form").length };
  });
  assert.ok(open.count >= 8);
  assert.deepEqual(open.missing, []);
  assert.equal(open.forms, 0);
});
