// The npm package, packed and installed as its users would have it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { DIST, launch, NOW, openPage, readCases, serveDist } from "./support.mjs";

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
  assert.equal(report.version, 2);
  assert.equal(report.headline.id, cause);
  assert.equal(report.causes[0].id, cause);
});

test("the clock is read only when no time is told", async () => {
  const { input } = (await readCases()).get("gh-google-auth-library-nodejs-1297");
  assert.equal(input.now, NOW);
  // The token alone: what came back says itself that it was used too late.
  const timeless = { paste: input.paste };
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

/** A tool of this folder's package.json, run where the package is installed. */
function tool(path, ...words) {
  const program = fileURLToPath(new URL(`node_modules/${path}`, import.meta.url));
  try {
    return execFileSync(process.execPath, [program, ...words], { cwd: folder, encoding: "utf8" });
  } catch (error) {
    assert.fail(`${path}: ${error.stdout}${error.stderr}`);
  }
}

test("publint and attw find nothing", () => {
  const packed = fileURLToPath(new URL("npm/", DIST));
  tool("publint/src/cli.js", packed, "--strict");
  // The page is no module.
  const page = ["--exclude-entrypoints", "./why401.html"];
  tool("@arethetypeswrong/cli/dist/index.js", "--pack", packed, "--profile", "esm-only", ...page);
});

test("the types say what there is", async () => {
  await writeFile(
    join(folder, "right.ts"),
    `import { diagnose, version, wasmSha256, type Caller, type Report } from "why401";
import type { Preset, Verdict } from "why401/element";
const caller: Caller = "github-actions";
const report: Report = await diagnose({ paste: "x", status: 401, caller, customAudiences: ["https://a.example"] });
const gates: Verdict["gate"][] = report.causes.map((cause) => cause.gate);
const presets: Preset[] = [{ name: "Orders", url: "https://orders.example" }];
document.createElement("why-401").presets = presets;
addEventListener("load", () => document.querySelector("why-401")?.addEventListener("why401:verdict", ({ detail }) => detail.id));
export const all = [version.length, wasmSha256.length, gates];
// @ts-expect-error A status is a number.
await diagnose({ status: "401" });
// @ts-expect-error No such caller.
await diagnose({ caller: "nobody" });
// @ts-expect-error A preset has a name.
export const unnamed: Preset = { url: "https://orders.example" };
`,
  );
  for (const module of ["nodenext", "esnext"]) {
    const resolution = module === "esnext" ? ["--moduleResolution", "bundler"] : [];
    const target = ["--target", "es2022", "--lib", "es2022,dom"];
    tool("typescript/bin/tsc", "--noEmit", "--strict", "--module", module, ...resolution, ...target, "right.ts");
  }
});

test("the same module answers in a browser", async () => {
  const [browser, server] = await Promise.all([launch(), serveDist()]);
  const host = await openPage(browser, "about:blank");
  await host.page.route(`${server.url}host`, (route) => route.fulfill({ contentType: "text/html", body: "<link rel=icon href=data:,>" }));
  await host.page.goto(`${server.url}host`);
  const id = await host.page.evaluate(async () => {
    const { diagnose } = await import("/npm/index.js");
    return (await diagnose({ paste: "ya29.c.c0AY_EXAMPLE", serviceUrl: "https://orders-4k3jd82hfa-uc.a.run.app" })).headline.id;
  });
  assert.equal(id, "access-token-where-id-token-needed");
  assert.deepEqual(host.problems, []);
  await host.close();
  await browser.close();
  await server.close();
});
