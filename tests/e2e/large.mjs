// Large pastes, and what a diagnosis of one takes. `cargo xtask bench` prints it, a test bounds its memory.
import { createInstance } from "../../dist/npm/built.js";

let memory;
const { instantiate } = WebAssembly;
// built.js keeps the memory of its instances to itself.
WebAssembly.instantiate = async (module, imports) => {
  const instance = await instantiate(module, imports);
  ({ memory } = instance.exports);
  return instance;
};

/** Pastes of so many bytes or a little less, by name. */
export function largePastes(bytes) {
  const filled = (unit) => unit.repeat((bytes - 1000) / unit.length);
  const groups = (bytes) => Array.from({ length: bytes / 16 }, (_, n) => `group-${n}`);
  return {
    "a log": `${filled("2026-11-18T09:06:40Z GET /v1/items 401 the service refused it\n")}Bearer ${token({})}\n`,
    // Base64 takes four bytes for three.
    "one token": token({ groups: groups(bytes * 0.75) }),
    "a JSON answer": JSON.stringify({ error: { code: 401, details: groups(bytes) } }),
    "line feeds": filled("\n"),
    "eyJ, repeated": filled("eyJ"),
    // The hungriest that was found: each is six bytes of the input's JSON, and six again once it is made visible.
    "NUL, repeated": filled("\0"),
  };
}

/** One diagnosis in a fresh instance: milliseconds, and MB of linear memory. That never shrinks, so it is the peak. */
export async function measure(input) {
  const core = await createInstance();
  const json = JSON.stringify(input);
  const started = performance.now();
  core.diagnose(json);
  return { time: performance.now() - started, megabytes: memory.buffer.byteLength / 1e6 };
}

function token(claims) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "RS256", typ: "JWT" })}.${part(claims)}.${"A".repeat(342)}`;
}
