// A smoke run in Firefox ESR, over WebDriver: the page works from disk, and says the same.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { after, before, test } from "node:test";
import { FILE_URL } from "./support.mjs";

const DRIVER = process.env.WHY401_GECKODRIVER;
const PORT = 4444 + (process.pid % 1000);
let driver;
let session;

/** One WebDriver command. */
async function command(method, path, body) {
  const response = await fetch(`http://127.0.0.1:${PORT}${path}`, {
    method,
    headers: { "content-type": "application/json" },
    body: body && JSON.stringify(body),
  });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`${path}: ${value.message}`);
  return value;
}

const run = (script, ...args) => command("POST", `/session/${session}/execute/sync`, { script, args });

before(async () => {
  if (!DRIVER) return;
  driver = spawn(DRIVER, ["--port", String(PORT)], { stdio: "ignore" });
  for (let tries = 0; ; tries += 1) {
    try {
      await command("GET", "/status");
      break;
    } catch (error) {
      if (tries > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  const capabilities = { alwaysMatch: { browserName: "firefox", "moz:firefoxOptions": { args: ["-headless"] } } };
  ({ sessionId: session } = await command("POST", "/session", { capabilities }));
  await command("POST", `/session/${session}/url`, { url: FILE_URL });
});

after(async () => {
  if (session) await command("DELETE", `/session/${session}`);
  driver?.kill();
});

/** The verdict, once there is one. */
async function verdict() {
  for (let tries = 0; tries < 100; tries += 1) {
    const found = await run(
      "return document.querySelector('why-401').shadowRoot.querySelector('[data-verdict]')?.dataset.cause ?? null",
    );
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("no verdict");
}

const options = { skip: DRIVER ? false : "no geckodriver: `cargo xtask test` installs it" };

test("Firefox: every example has a verdict", options, async () => {
  const names = await run(
    "return [...document.querySelector('why-401').shadowRoot.querySelectorAll('.examples button')].map((one) => one.textContent)",
  );
  assert.ok(names.length >= 8);
  const causes = new Set();
  for (const place of names.keys()) {
    await run(
      "const host = document.querySelector('why-401'); host.clear(); host.shadowRoot.querySelectorAll('.examples button')[arguments[0]].click()",
      place,
    );
    causes.add(await verdict());
  }
  assert.ok(causes.size >= 7, [...causes].join());
});

test("Firefox: typing is live and Esc clears", options, async () => {
  await run("document.querySelector('why-401').clear()");
  const field = await run("return document.querySelector('why-401').shadowRoot.querySelector('#paste')");
  const id = Object.values(field)[0];
  await command("POST", `/session/${session}/element/${id}/value`, {
    text: "Authorization: Bearer ya29.c.c0AY_EXAMPLE-NOT-A-TOKEN",
  });
  assert.equal(typeof (await verdict()), "string");
  await command("POST", `/session/${session}/element/${id}/value`, { text: "\uE00C" });
  const left = await run(
    "const root = document.querySelector('why-401').shadowRoot; return [root.querySelector('#paste').value, root.querySelector('.welcome') !== null]",
  );
  assert.deepEqual(left, ["", true]);
});
