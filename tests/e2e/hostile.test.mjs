// Hostile inputs in the real page: with the policy switched off, so that it cannot hide a missing
// escape, nothing pasted runs, loads or navigates. And the copied report is inert in two renderers.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import MarkdownIt from "markdown-it";
import { marked } from "marked";
import { FILE_URL, launch } from "./support.mjs";
import { settled } from "./states.mjs";

let browser;
let context;
let page;
let entries;
const asked = [];

before(async () => {
  browser = await launch();
  const hostile = JSON.parse(await readFile(new URL("../hostile/hostile.json", import.meta.url), "utf8"));
  entries = hostile.entries.filter(({ input }) => typeof input.paste === "string");
  context = await browser.newContext({ bypassCSP: true });
  page = await context.newPage();
  await page.clock.setFixedTime(hostile.now * 1000);
  await page.goto(FILE_URL);
  page.on("request", (request) => asked.push(request.url()));
  page.on("dialog", (dialog) => asked.push(dialog.message()));
  page.on("framenavigated", (frame) => asked.push(frame.url()));
  await page.evaluate(() => {
    window.fired = [];
    window.__x = (id) => window.fired.push(id);
  });
  await page.getByLabel("Paste", { exact: true }).fill("x");
  await settled(page);
});

after(() => browser?.close());

const must = (flag) => entries.filter((entry) => entry.must.includes(flag));

/** Fills the fields and returns the Markdown that "Copy report" would copy, and what "Copy all of it" would. */
const enter = (input) =>
  page.evaluate(async ({ paste, service_url, service }) => {
    const root = document.querySelector("why-401").shadowRoot;
    for (const [id, value] of Object.entries({ "service-url": service_url, service, paste })) {
      const field = root.getElementById(id);
      field.value = value ?? "";
      field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
    }
    for (const details of root.querySelectorAll(".output details")) details.open = true;
    const copied = [];
    navigator.clipboard.writeText = async (text) => void copied.push(text);
    for (const what of ["report", "whole"]) {
      root.querySelector(`[data-copy="${what}"]`)?.click();
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    return copied;
  }, input);

test("nothing pasted runs, loads or navigates", async () => {
  const all = new Set([...must("no_script"), ...must("inert_dom"), ...must("no_network")]);
  assert.ok(all.size >= 100);
  for (const entry of all) await enter(entry.input);
  await page.waitForTimeout(500);
  assert.deepEqual(await page.evaluate(() => window.fired), []);
  assert.deepEqual(asked, []);
});

test("the copied report is inert in CommonMark and GFM", async () => {
  const commonMark = new MarkdownIt({ html: true, linkify: true });
  const renderers = [(text) => commonMark.render(text), (text) => marked.parse(text, { gfm: true })];
  /** What a reader's ticket system would make live of it, in another page's DOM. */
  const live = (html) =>
    page.evaluate((html) => {
      const counted = {};
      const inert = new DOMParser().parseFromString(html, "text/html");
      for (const { localName } of inert.body.querySelectorAll("*")) {
        if (!["p", "code", "pre", "strong", "em", "ul", "ol", "li"].includes(localName)) {
          counted[localName] = (counted[localName] ?? 0) + 1;
        }
      }
      return counted;
    }, html);
  const entries = must("md_inert");
  assert.ok(entries.length >= 30);
  for (const { id, input, input_twin } of entries) {
    const [hostile, twin] = [await enter(input), await enter(input_twin)];
    assert.deepEqual([hostile.length, twin.length], [2, 2], id);
    assert.ok(hostile[0].startsWith("**why401** (") && hostile[1].startsWith("## "), id);
    for (const render of renderers) {
      for (const place of [0, 1]) assert.deepEqual(await live(render(hostile[place])), await live(render(twin[place])), id);
    }
  }
});
