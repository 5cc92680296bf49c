import { launch, openPage, FILE_URL } from "./support.mjs";
import { STATES } from "./states.mjs";
const b = await launch();
const which = process.argv.slice(2);
for (const s of which.length ? which : Object.keys(STATES)) for (const [n, viewport] of [["desk",{width:1280,height:900}],["phone",{width:390,height:780}]]) {
  const { page, problems, close } = await openPage(b, FILE_URL, { viewport });
  try { await STATES[s](page); } catch (e) { console.log(s, String(e).slice(0,300)); }
  await page.evaluate(() => scrollTo(0,0));
  await page.waitForTimeout(200);
  await page.screenshot({ path: `/tmp/shots/${s}-${n}.png` });
  if (problems.length) console.log(s, n, problems);
  await close();
}
await b.close();
