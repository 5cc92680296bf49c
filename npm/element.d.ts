/** The detail of the `why401:verdict` event. It never holds the token. */
export interface Verdict {
  id: string;
  gate: string;
  likelihood: string;
}

declare global {
  interface HTMLElementTagNameMap {
    "why-401": HTMLElement;
  }
  interface HTMLElementEventMap {
    "why401:verdict": CustomEvent<Verdict>;
  }
}

export {};
