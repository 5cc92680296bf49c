// What the suites share: the browser, the built files over HTTP and from disk, the real cases.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

/** What `cargo xtask build` wrote. */
export const DIST = new URL("../../dist/", import.meta.url);

/** The moment at which the cases are judged, in seconds since 1970 (UTC). */
export const NOW = 1_795_000_000;

/** The real cases as inputs of the page, by id; `cargo xtask test` mints them into this file. */
export async function readCases() {
  const cases = JSON.parse(await readFile(setting("WHY401_CASES"), "utf8"));
  return new Map(cases.map((one) => [one.id, one]));
}

/** 100 texts to paste, with the URL that was called: the odd pastes of tests/pastes.json, then real cases. */
export async function readPastes() {
  const { pastes } = JSON.parse(await readFile(new URL("../pastes.json", import.meta.url), "utf8"));
  const cases = [...(await readCases()).values()].map(({ id, input }) => ({ id, ...input }));
  return [...pastes, ...cases].filter(({ paste }) => paste).slice(0, 100);
}

/** The system's Chromium, headless; the flags keep it from talking to anyone. */
export function launch(options = {}) {
  return chromium.launch({
    ...options,
    executablePath: setting("WHY401_CHROMIUM"),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** Serves dist/ on 127.0.0.1. `requests` holds every path that was asked for. */
export async function serveDist() {
  const types = { html: "text/html; charset=utf-8", js: "text/javascript; charset=utf-8" };
  const requests = [];
  const server = createServer(async (request, response) => {
    requests.push(request.url);
    const name = new URL(request.url, "http://127.0.0.1").pathname.slice(1);
    try {
      const body = await readFile(new URL(name, DIST));
      response.setHeader("content-type", types[name.split(".").pop()]).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const url = `http://127.0.0.1:${server.address().port}/`;
  return { url, requests, close: () => new Promise((closed) => server.close(closed)) };
}

/** The page's address on disk. */
export const FILE_URL = pathToFileURL(fileURLToPath(new URL("why401.html", DIST))).href;

/**
 * Opens the page, its clock at NOW. `problems` collects what a silent page never has: console
 * messages, uncaught errors, violations of the policy.
 */
export async function openPage(browser, url, options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const problems = [];
  page.on("console", (message) => problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(String(error)));
  await page.clock.setFixedTime(NOW * 1000);
  await page.goto(url);
  return { page, problems, close: () => context.close() };
}

/** What `cargo xtask test` hands over in an environment variable. */
export function setting(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run \`cargo xtask test --only e2e\``);
  return value;
}
