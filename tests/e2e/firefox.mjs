// The system's Firefox, driven over Marionette: the protocol that Firefox itself speaks, so that no
// driver is needed. A message is its length, a colon and JSON: `[0, id, command, parameters]` out,
// `[1, id, error, result]` back.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Nothing of Firefox's own on the network, and a free port. */
const PREFERENCES = {
  "marionette.port": 0,
  "app.normandy.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.page": 0,
  "datareporting.policy.dataSubmissionEnabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "toolkit.telemetry.reportingpolicy.firstRun": false,
};

/** Starts it headless and offline; `evaluate` takes functions, which may be async. */
export async function launchFirefox(program) {
  const profile = await mkdtemp(join(tmpdir(), "why401-firefox-"));
  const preferences = Object.entries(PREFERENCES).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${value});\n`);
  await writeFile(join(profile, "user.js"), preferences.join(""));
  const firefox = spawn(program, ["--headless", "--offline", "--no-remote", "--marionette", "--profile", profile], {
    stdio: "ignore",
  });
  const ended = new Promise((done) => firefox.on("exit", done));
  const marionette = await connected(await activePort(profile));
  await marionette.send("WebDriver:NewSession", {});
  await marionette.send("WebDriver:SetTimeouts", { script: 60_000 });
  const element = (selector) =>
    marionette.send("WebDriver:ExecuteScript", {
      script: "return document.querySelector('why-401').shadowRoot.querySelector(arguments[0])",
      args: [selector],
    });
  const onElement = async (command, selector, parameters) => {
    const { value } = await element(selector);
    if (!value) throw new Error(`no ${selector}`);
    return marionette.send(command, { id: Object.values(value)[0], ...parameters });
  };
  return {
    open: (url) => marionette.send("WebDriver:Navigate", { url }),
    back: () => marionette.send("WebDriver:Back", {}),
    async evaluate(task, argument) {
      const script = `const [argument, told] = arguments; (async () => (${task})(argument))().then(told, (error) => told({ error: String(error) }));`;
      const { value } = await marionette.send("WebDriver:ExecuteAsyncScript", { script, args: [argument ?? null] });
      if (value?.error) throw new Error(value.error);
      return value;
    },
    /** Real clicks and keys, on what lies in the element. */
    click: (selector) => onElement("WebDriver:ElementClick", selector),
    type: (selector, text) => onElement("WebDriver:ElementSendKeys", selector, { text }),
    escape: (selector) => onElement("WebDriver:ElementSendKeys", selector, { text: "\uE00C" }),
    async close() {
      firefox.kill();
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Firefox writes the port it chose into its profile. */
async function activePort(profile) {
  for (let tries = 0; tries < 300; tries += 1) {
    const port = Number(await readFile(join(profile, "MarionetteActivePort"), "utf8").catch(() => ""));
    if (port) return port;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error("Firefox did not start within a minute");
}

async function connected(port) {
  const socket = connect(port, "127.0.0.1");
  const waiting = new Map();
  let received = Buffer.alloc(0);
  let greeted;
  const greeting = new Promise((resolve) => (greeted = resolve));
  const arrived = (message) => {
    if (!Array.isArray(message)) return greeted();
    const [, id, error, result] = message;
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    return error ? reject(new Error(`${error.error}: ${error.message}`)) : resolve(result);
  };
  socket.on("data", (data) => {
    received = Buffer.concat([received, data]);
    for (;;) {
      const colon = received.indexOf(":");
      const end = colon + 1 + Number(received.subarray(0, colon));
      if (colon < 0 || received.length < end) return;
      arrived(JSON.parse(received.subarray(colon + 1, end)));
      received = received.subarray(end);
    }
  });
  // Its end is Firefox's end.
  socket.on("error", () => {});
  await greeting;
  let last = 0;
  return {
    send(command, parameters) {
      const message = JSON.stringify([0, (last += 1), command, parameters]);
      socket.write(`${Buffer.byteLength(message)}:${message}`);
      return new Promise((resolve, reject) => waiting.set(last, { resolve, reject }));
    },
  };
}
