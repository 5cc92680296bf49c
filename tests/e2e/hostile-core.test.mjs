// Every hostile input through the wasm module in Node, each followed by the harmless token; and the large ones.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { made, rawControl, readHostile } from "./hostile.mjs";
import { largePastes, measure } from "./large.mjs";
import { DIST } from "./support.mjs";

/** The budgets are of a quiet machine; this one may be busy. */
const SLOWER = 5;

let hostile;
let core;

before(async () => {
  hostile = await readHostile();
  const { createInstance } = await import(new URL("npm/built.js", DIST));
  core = await createInstance();
});

test("no input traps, and the harmless token is read after each by the same instance", () => {
  const benign = JSON.stringify({ paste: hostile.benign.paste, now: hostile.now });
  const harmless = core.diagnose(benign);
  const { credential } = JSON.parse(harmless).read;
  assert.deepEqual(credential.claims, hostile.benign.claims);
  assert.deepEqual(credential.header, hostile.benign.header);
  for (const entry of hostile.entries) {
    const input = JSON.stringify(made(entry, hostile.now));
    const started = performance.now();
    const report = core.diagnose(input);
    const took = performance.now() - started;
    const markdown = core.markdown(input, "{}");
    assert.ok(JSON.parse(report).headline.summary, entry.id);
    for (const copy of [report, markdown]) {
      assert.equal(rawControl(copy), null, entry.id);
      for (const secret of entry.expect?.secrets ?? []) assert.ok(!copy.includes(secret), entry.id);
    }
    if (entry.must.includes("budget")) {
      assert.ok(took < entry.expect.max_ms * SLOWER, `${entry.id} took ${Math.round(took)} ms`);
    }
    assert.equal(core.diagnose(benign), harmless, `after ${entry.id}`);
  }
});

test("a paste of 5 MB is read within 256 MB of linear memory", async () => {
  for (const [name, paste] of Object.entries(largePastes(5e6))) {
    const { megabytes } = await measure({ now: hostile.now, paste });
    assert.ok(megabytes < 256, `${name}: ${megabytes} MB`);
  }
});
