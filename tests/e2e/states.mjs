// The states of the page that the suites visit, and how to get there.
import { NOW } from "./support.mjs";

/** Each is `(page) => Promise` on a page just opened, by the name of its screenshot. */
export const STATES = {
  welcome: async () => {},
  audience: example("Made for another URL"),
  "access-token": example("Access token instead of ID token"),
  expired: example("Expired"),
  "not-allowed": example("The account may not enter"),
  "no-token": example("No token sent"),
  cut: example("Cut while copying"),
  "not-made": example("No token could be made"),
  fine: example("Nothing wrong with it"),
  several: async (page) => {
    await paste(page, `Authorization: Bearer ${jwt({ aud: "https://a.example" })}\nX-Serverless-Authorization: Bearer ${jwt({})}`);
    await settled(page);
  },
};

/** A button of the welcome panel. */
export function example(name) {
  return async (page) => {
    const more = page.getByText("More examples", { exact: true });
    if (!(await page.getByRole("button", { name, exact: true }).isVisible())) await more.click();
    await page.getByRole("button", { name, exact: true }).click();
    await settled(page);
  };
}

/** Waits for a verdict about what stands in the fields now. */
export async function settled(page) {
  await page.locator(".output:not([aria-busy]) [data-verdict][data-cause]").waitFor();
}

/** Puts a text into the paste field as typing does. */
export async function paste(page, text) {
  await page.getByLabel("Paste", { exact: true }).fill(text);
}

/** Puts a text into the paste field at once: typing a megabyte takes the driver seconds. */
export async function load(page, text) {
  await page.getByLabel("Paste", { exact: true }).evaluate((area, text) => {
    area.value = text;
    area.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
  }, text);
  await settled(page);
}

/** An ID token with so many claims of its maker's own; 9000 of them are a payload of 1 MB. */
export function manyClaims(count) {
  return jwt(Object.fromEntries(Array.from({ length: count }, (_, n) => [`claim-${n}`, "x".repeat(90)])));
}

/** An ID token as it would look; the signature says that it is none. */
export function jwt(claims, signature = "EXAMPLE-NOT-A-SIGNATURE-".repeat(11).slice(0, 256)) {
  const payload = {
    aud: "https://orders-4k3jd82hfa-uc.a.run.app",
    azp: "100000000000000000001",
    email: "checkout@example-project.iam.gserviceaccount.com",
    email_verified: true,
    exp: NOW + 1800,
    iat: NOW - 1800,
    iss: "https://accounts.google.com",
    sub: "100000000000000000001",
    ...claims,
  };
  const part = (value) => Buffer.from(value).toString("base64url");
  return [JSON.stringify({ alg: "RS256", typ: "JWT" }), JSON.stringify(payload), signature].map(part).join(".");
}
