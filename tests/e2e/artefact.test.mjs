// What is in the built files, and what must not be.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { DIST } from "./support.mjs";
import { IMPORTS } from "./imports.mjs";

const page = await readFile(new URL("why401.html", DIST), "utf8");
const element = await readFile(new URL("why-401.js", DIST), "utf8");
const script = between(page, '<script type="module">', "</script>");
const wasm = gunzipSync(Buffer.from(between(page, 'WASM_GZIP_BASE64 = "', '"'), "base64"));

test("the page carries its policy, with the hashes of what it holds", async () => {
  const policy = between(page, '<meta http-equiv="Content-Security-Policy" content="', '"');
  const styles = between(page, "<style>", "</style>");
  const golden = await readFile(new URL("policy.golden", import.meta.url), "utf8");
  const hashed = golden.replace("SCRIPT", sha256(script, "base64")).replace("STYLES", sha256(styles, "base64"));
  assert.equal(policy, hashed.trimEnd());
});

test("nothing stands before the policy that it would not govern", () => {
  const before = page.slice(0, page.indexOf("Content-Security-Policy"));
  assert.doesNotMatch(before, /<(script|style|link|img|base|body)/i);
});

test("the page holds one script, one style sheet and nothing from elsewhere", () => {
  const shell = page.replace(script, "");
  assert.equal(shell.match(/<script/g).length, 1);
  assert.equal(shell.match(/<style/g).length, 1);
  assert.doesNotMatch(shell, /<(iframe|object|embed|base|form)\b|\ssrc=|\son\w+=|\sstyle=/i);
  const links = shell.match(/<link\b[^>]*>/g) ?? [];
  assert.deepEqual(links.filter((link) => !link.startsWith('<link rel="icon" href="data:image/svg+xml,')), []);
});

test("the page shows the version and the SHA-256 of its wasm", () => {
  assert.ok(page.includes(sha256(wasm, "hex")));
  assert.match(page, /\b\d+\.\d+\.\d+\b/);
});

test("the wasm imports what is allowed, each for its reason", async () => {
  const module = await WebAssembly.compile(wasm);
  // wasm-bindgen ends a name in a hash of its types.
  const names = WebAssembly.Module.imports(module).map(({ name }) => name.replace(/_[0-9a-f]{16}$/, ""));
  assert.deepEqual([...new Set(names)].sort(), Object.keys(IMPORTS).sort());
});

test("the built file names no way to make markup or code out of a string", () => {
  for (const sink of ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "DOMParser", "setHTML", "eval(", "new Function", "srcdoc"]) {
    assert.ok(!page.includes(sink), sink);
  }
});

for (const [file, text] of Object.entries({ "why401.html": script, "why-401.js": element })) {
  test(`${file} has no way to the network, to storage or to markup`, () => {
    const forbidden =
      /\b(fetch|import|eval|Function|XMLHttpRequest|WebSocket|WebTransport|EventSource|Worker|SharedWorker|RTCPeerConnection|Image)\(|\.(sendBeacon|innerHTML|outerHTML|srcdoc|insertAdjacentHTML|createContextualFragment|parseFromString|setHTML\w*|write|writeln|importScripts|pushState|replaceState|assign)\b\s*[(=]|\b(localStorage|sessionStorage|indexedDB|caches|cookie|serviceWorker|console|debugger)\b/;
    const found = text.split("\n").filter((line) => forbidden.test(line.replace(/^\s*(\/\/|\*|\/\*).*/, "")));
    // The one worker, whose script the page makes itself: silence.test.mjs shows that it reaches nobody.
    assert.deepEqual(found, ["    const worker = new Worker(address);"]);
    assert.ok(text.includes(`const address = scripts().createScriptURL("");\n${found[0]}`));
  });
}

test("the files stay below their alarm; docs/performance.md tells what they weigh", () => {
  // In bytes after gzip -9. Raise it only with the reason in docs/performance.md.
  const ALARM = 780_000;
  for (const text of [page, element]) {
    const weight = gzipSync(text, { level: 9 }).length;
    assert.ok(weight < ALARM, `${weight} bytes`);
  }
});

test("the wasm holds no path of the machine that built it, and no Unicode tables", () => {
  const text = wasm.toString("latin1");
  // `/home/runner/` alone is a word that the program looks for; a path on such a machine goes on.
  const path = /\/root\/|\/home\/(?!runner\/(?!work\/|\.))|\/work\/|\/Users\/|\.cargo|registry\/src|icu_(provider|normalizer|properties)/;
  assert.equal(text.match(path)?.[0], undefined);
  // The mapping table of UTS 46 and the panics of a checkout.
  assert.equal(text.match(/uts46_mapper|panicked at src\//)?.[0], undefined);
});

function between(text, start, end) {
  const from = text.indexOf(start);
  assert.notEqual(from, -1, `no ${start}`);
  return text.slice(from + start.length, text.indexOf(end, from + start.length));
}

function sha256(data, encoding) {
  return createHash("sha256").update(data).digest(encoding);
}
