import type { Caller, Gate, Likelihood } from "./index.js";

/** The detail of the `why401:verdict` event. It never holds anything that was pasted. */
export interface Verdict {
  /** The cause, such as `audience-mismatch`. */
  id: string;
  gate: Gate;
  likelihood: Likelihood;
}

/** One of a team's services; choosing it fills the fields and links its runbook. */
export interface Preset {
  name: string;
  /** The service's URL. */
  url?: string;
  project?: string;
  region?: string;
  /** The service's name in Google Cloud, where it is not `name`. */
  service?: string;
  /** Audiences that the service accepts besides its own URLs. */
  audiences?: string[];
  /** An `https:` address. */
  runbook?: string;
}

/**
 * `<why-401>`. Its attributes are defaults of the fields (`service-url`, `caller`, `custom-audiences`) and looks
 * (`theme`: `light`, `dark`, `system`; `compact`).
 */
export class Why401 extends HTMLElement {
  /** Taken from a `<script type="application/json">` child when not set. */
  presets: readonly Preset[];
  /** Gets the wasm ready before it is needed. */
  warm(): Promise<void>;
  /** Takes a text as if it had been pasted: into the paste field, or beside what is there. */
  paste(text: string): void;
  /** Empties everything and drops the memory in which it was read. */
  clear(): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "why-401": Why401;
  }
  interface HTMLElementEventMap {
    "why401:verdict": CustomEvent<Verdict>;
  }
}

/** What the attribute `caller` takes. */
export type { Caller };
