// What is shown before anything is pasted.
import { make } from "./dom.js";
import { EXAMPLES } from "./examples.js";

/** The three sentences and the examples; `load` gets the fields of the one chosen. */
export function welcome(load) {
  const now = () => Math.floor(Date.now() / 1000);
  return make(
    "section",
    { class: "welcome", part: "welcome" },
    make("h2", {}, "Why was it refused?"),
    make(
      "p",
      {},
      "Paste what you have: a token, a header, a curl transcript, an error, in whole or in part. ",
      "Add the URL you called, and read which of six gates stopped the request and what to run. ",
      "Nothing leaves this page: it has no network, stores nothing, and checks no signature.",
    ),
    make("h3", {}, "Try one"),
    make(
      "ul",
      { class: "examples" },
      ...EXAMPLES.map(([name, fields]) =>
        make("li", {}, make("button", { type: "button", onclick: () => load(fields(now())) }, name)),
      ),
    ),
  );
}
