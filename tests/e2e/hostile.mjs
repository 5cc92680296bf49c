// The hostile inputs of tests/hostile, the big ones made from their recipes.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

/** The file: `now`, the harmless token `benign`, `entries`. */
export async function readHostile() {
  return JSON.parse(await readFile(new URL("../hostile/hostile.json", import.meta.url), "utf8"));
}

/** What the user gives, as the page and the package take it. */
export function made({ input }, now) {
  return { now, paste: paste(input), serviceUrl: input.service_url ?? "", service: input.service ?? "" };
}

function paste(input) {
  if (input.gen) {
    const bytes = cook(input.gen);
    assert.equal(createHash("sha256").update(bytes).digest("hex"), input.sha256);
    return bytes.toString("utf8");
  }
  if (input.paste_bytes_b64) return Buffer.from(input.paste_bytes_b64, "base64").toString("utf8");
  // With the lone surrogate that a text area can hold.
  if (input.paste_utf16le_b64) return Buffer.from(input.paste_utf16le_b64, "base64").toString("utf16le");
  return input.paste ?? "";
}

function cook(recipe) {
  switch (recipe.op) {
    case "lit":
      return Buffer.from(recipe.s);
    case "repeat": {
      const unit = cook(recipe.of);
      return Buffer.alloc(unit.length * recipe.n, unit);
    }
    case "concat":
      return Buffer.concat(recipe.parts.map(cook));
    case "b64u":
      return Buffer.from(cook(recipe.of).toString("base64url"));
    default:
      throw new Error(`no operation ${recipe.op}`);
  }
}

/** The first control, bidi or invisible character but a line feed. */
export function rawControl(text) {
  const found = /[\0-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|[\u{e0000}-\u{e0fff}]/u.exec(text);
  return found && `U+${found[0].codePointAt(0).toString(16).toUpperCase()}`;
}
