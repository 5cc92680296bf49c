// The npm package, packed and installed as its users would have it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { DIST, NOW, readCases } from "./support.mjs";

let folder;
let why401;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "why401-npm-"));
  await writeFile(join(folder, "package.json"), '{"private":true,"type":"module"}');
  const npm = (...words) => execFileSync("npm", [...words, "--loglevel=error"], { cwd: folder, encoding: "utf8" });
  const [packed] = JSON.parse(npm("pack", "--json", fileURLToPath(new URL("npm/", DIST))));
  npm("install", "--offline", "--no-audit", "--no-fund", packed.filename);
  why401 = await import(pathToFileURL(join(folder, "node_modules/why401/index.js")));
});

after(() => rm(folder, { recursive: true }));

test("diagnose answers with the report", async () => {
  const { cause, input } = (await readCases()).get("gh-adk-python-3814");
  const report = await why401.diagnose(input);
  assert.equal(report.version, 1);
  assert.equal(report.headline.id, cause);
  assert.equal(report.causes[0].id, cause);
});

test("the clock is read only when no time is told", async () => {
  const { input } = (await readCases()).get("gh-google-auth-library-nodejs-1297");
  const { now, ...timeless } = input;
  assert.equal(now, NOW);
  const at = async (input) => (await why401.diagnose(input)).headline.id;
  assert.equal(await at({ ...timeless, now: 1 }), "not-yet-valid");
  assert.equal(await at(timeless), "expired");
});

test("what is no input is refused with a sentence", async () => {
  await assert.rejects(why401.diagnose({ paste: 7 }), TypeError);
});

test("the package holds its licences, types and the page", async () => {
  const listed = execFileSync("npm", ["ls", "why401", "--json"], { cwd: folder, encoding: "utf8" });
  assert.equal(JSON.parse(listed).dependencies.why401.version, why401.version);
  const need = ["LICENSE-APACHE", "LICENSE-MIT", "README.md", "index.d.ts", "element.d.ts", "why-401.js", "why401.html"];
  for (const name of need) assert.ok((await stat(join(folder, "node_modules/why401", name))).size > 0);
});
