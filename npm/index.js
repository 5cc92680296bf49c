import { createInstance, version, wasmSha256 } from "./built.js";

export { version, wasmSha256 };

let instance;

export async function diagnose(input) {
  const now = Math.floor(Date.now() / 1000);
  instance ??= createInstance();
  const core = await instance;
  let report;
  try {
    report = JSON.parse(core.diagnose(JSON.stringify({ now, ...input })));
  } catch (error) {
    // An instance that has trapped is unusable: the next call gets a new one.
    instance = undefined;
    throw error;
  }
  if (report.error) throw new TypeError(report.error);
  return report;
}
