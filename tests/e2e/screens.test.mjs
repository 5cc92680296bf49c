// Pictures of ten states, compared with those in screens/.
// After a change that is meant: WHY401_SCREENS=update cargo xtask test --only e2e, and look at them.
import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { FILE_URL, launch, openPage } from "./support.mjs";
import { STATES } from "./states.mjs";

const KEPT = new URL("screens/", import.meta.url);
/** The share of pixels that may differ: a reworded sentence does, a broken layout does not. */
const TOLERANCE = 0.06;
const LOOKS = {
  welcome: {},
  audience: {},
  "access-token": { colorScheme: "dark" },
  expired: {},
  "not-allowed": { colorScheme: "dark" },
  "no-token": {},
  cut: { viewport: { width: 320, height: 1400 } },
  "not-made": {},
  fine: { viewport: { width: 320, height: 1400 }, colorScheme: "dark" },
  several: {},
};
let browser;

before(async () => {
  browser = await launch();
  await mkdir(KEPT, { recursive: true });
});

after(() => browser?.close());

for (const [state, look] of Object.entries(LOOKS)) {
  test(`${state} looks as it did`, async () => {
    const options = { viewport: { width: 1280, height: 1000 }, reducedMotion: "reduce", timezoneId: "UTC", ...look };
    const { page, close } = await openPage(browser, FILE_URL, options);
    await STATES[state](page);
    // The footer changes with every build.
    await page.locator("footer").evaluate((footer) => footer.remove());
    await page.evaluate(() => scrollTo(0, 0));
    const taken = await page.screenshot();
    await close();
    const file = new URL(`${state}.png`, KEPT);
    if (process.env.WHY401_SCREENS === "update") return writeFile(file, taken);
    const [before, now] = [PNG.sync.read(await readFile(file)), PNG.sync.read(taken)];
    assert.deepEqual([now.width, now.height], [before.width, before.height]);
    const differ = pixelmatch(before.data, now.data, null, now.width, now.height, { threshold: 0.2 });
    const share = differ / (now.width * now.height);
    assert.ok(share <= TOLERANCE, `${(share * 100).toFixed(1)} % of the pixels differ`);
  });
}
