// The page from disk in Chromium: navigation to ready, paste to painted verdict.
import { FILE_URL, launch } from "../tests/e2e/support.mjs";
import { jwt } from "../tests/e2e/states.mjs";

const ROUNDS = 9;
const browser = await launch();
const opened = [];
const pasted = [];
for (let round = 0; round < ROUNDS; round += 1) {
  const page = await browser.newPage();
  const start = performance.now();
  await page.goto(FILE_URL);
  await page.getByLabel("Paste", { exact: true }).waitFor();
  opened.push(performance.now() - start);
  pasted.push(await page.evaluate(paste, jwt({})));
  await page.close();
}
await browser.close();
console.log(`\nthe page from disk in Chromium, ms, medians of ${ROUNDS}`);
console.log(`navigation to ready          ${median(opened).toFixed(1)}`);
console.log(`first paste to painted verdict ${median(pasted).toFixed(1)}`);

/** Puts a text into the field; the time until the verdict's frame was handed on for painting. */
async function paste(text) {
  const root = document.querySelector("why-401").shadowRoot;
  const area = root.querySelector("#paste");
  const start = performance.now();
  area.value = text;
  area.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
  while (!root.querySelector("[data-verdict]")) await new Promise(requestAnimationFrame);
  const painted = new MessageChannel();
  await new Promise((done) => {
    painted.port1.onmessage = done;
    requestAnimationFrame(() => painted.port2.postMessage(undefined));
  });
  return performance.now() - start;
}

function median(numbers) {
  return numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}
