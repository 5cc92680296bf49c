// The core beside the page, in a worker, for texts that take it long: the page stays at hand, and what
// is being read can be given up at once. The worker's script is made of the page's own and inherits the
// page's policy, so it has no network either.
import { compileWasm, instantiate } from "./built.js";

/** A longer text, in UTF-16 units, would hold up a slow machine for longer than 100 ms. */
const LARGE = 100_000;

/** Whether one of these fields is better read in a worker. */
export function isLarge(fields) {
  return Object.values(fields).some((text) => text?.length > LARGE);
}

/** The site around does not allow workers. */
export class NoWorker extends Error {}

/** One worker, started when it is first asked. */
export class Beside {
  #worker;
  #busy = false;

  /** What a function of the core answers. A question still open is given up for the next: its promise never settles. */
  ask(call, ...texts) {
    if (this.#busy) this.drop();
    this.#busy = true;
    return new Promise((resolve, reject) => {
      const worker = (this.#worker ??= started());
      const fail = (error) => {
        if (worker !== this.#worker) return;
        this.drop();
        reject(error);
      };
      if (!worker) return fail(new NoWorker());
      worker.onmessage = ({ data: { answer, trapped } }) => {
        if (trapped) return fail(new Error("trapped"));
        if (worker === this.#worker) this.#busy = false;
        return resolve(answer);
      };
      // What goes wrong once it runs is answered, so its script was refused.
      worker.onerror = (event) => {
        event.preventDefault();
        fail(new NoWorker());
      };
      compileWasm().then((module) => worker.postMessage({ module, call, texts }), fail);
    });
  }

  /** Ends the worker, whatever it is doing, and all that it has read with it. */
  drop() {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#busy = false;
  }
}

/** The worker; nothing where the site around forbids it. */
function started() {
  try {
    const address = scripts().createScriptURL("");
    const worker = new Worker(address);
    URL.revokeObjectURL(address);
    return worker;
  } catch {
    return undefined;
  }
}

let rule;

/**
 * The page's policy knows one rule for the addresses of scripts, by its name, and the first to claim the
 * name has it. This one gives the address of the worker's script, whatever it is asked.
 */
export function scripts() {
  const createScriptURL = () => URL.createObjectURL(new Blob([`(${serve})(${instantiate})`], { type: "text/javascript" }));
  rule ??= globalThis.trustedTypes?.createPolicy("why401-worker", { createScriptURL }) ?? { createScriptURL };
  return rule;
}

/** Runs in the worker: answers each call of the core, in the order asked. It knows nothing but its argument. */
function serve(instantiate) {
  let core;
  onmessage = async ({ data: { module, call, texts } }) => {
    try {
      core ??= instantiate(module);
      postMessage({ answer: (await core)[call](...texts) });
    } catch {
      postMessage({ trapped: true });
    }
  };
}
