// Real cases, pasted into the page as a person would, over HTTP and from disk.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { FILE_URL, launch, openPage, readCases, serveDist } from "./support.mjs";

/** Cases that the paste and the URL alone decide, each of another cause. */
const CASES = {
  "gh-CopilotKit-5712": "signature-removed",
  "gh-adk-python-3814": "access-token-where-id-token-needed",
  "gh-aurelia-oauth-18": "id-token-where-access-token-needed",
  "gh-gemini-cli-3924": "other-credential-type",
  "gh-google-auth-library-nodejs-1297": "expired",
  "gh-google-auth-library-python-889": "not-yet-valid",
  "gh-oauth2l-123": "issuer-not-accepted",
  "qa-ghfile-aud-tag-url-base": "audience-mismatch",
};

let browser;
let server;
let cases;

before(async () => {
  [browser, server, cases] = await Promise.all([launch(), serveDist(), readCases()]);
});

after(async () => {
  await browser?.close();
  await server?.close();
});

for (const origin of ["http", "file"]) {
  for (const [id, cause] of Object.entries(CASES)) {
    test(`${cause} is found over ${origin} (${id})`, async () => {
      const url = origin === "http" ? `${server.url}why401.html` : FILE_URL;
      const { page, problems, close } = await openPage(browser, url);
      const { input } = cases.get(id);
      await page.getByLabel("Paste", { exact: true }).fill(input.paste);
      await page.getByLabel("Service URL", { exact: true }).fill(input.serviceUrl);
      const verdict = page.locator("[data-verdict][data-cause]").first();
      await verdict.waitFor();
      // The verdict follows the typing; it has settled when it stays.
      await page.waitForTimeout(300);
      assert.equal(await verdict.getAttribute("data-cause"), cause);
      assert.deepEqual(problems, []);
      await close();
    });
  }
}
