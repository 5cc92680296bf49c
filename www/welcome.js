// What is shown before anything is pasted.
import { make } from "./dom.js";
import { EXAMPLES } from "./examples.js";

/** How many examples stand there at once. */
const FEW = 3;

/** What it does, and the examples; `load` gets the fields of the one chosen. */
export function welcome(load) {
  const now = () => Math.floor(Date.now() / 1000);
  const list = (examples) =>
    make(
      "ul",
      { class: "examples" },
      ...examples.map(([name, fields]) =>
        make("li", {}, make("button", { type: "button", onclick: () => load(fields(now())) }, name)),
      ),
    );
  return make(
    "section",
    { class: "welcome", part: "welcome" },
    make("h2", {}, "Why was it refused?"),
    make(
      "p",
      {},
      "Paste what you have: a token, a header, a curl transcript, an error, in whole or in part. ",
      "Add the URL you called, and read why the request was refused and what to run. ",
      "No signature is checked.",
    ),
    make("h3", {}, "Try an example"),
    list(EXAMPLES.slice(0, FEW)),
    make("details", {}, make("summary", {}, "More examples"), list(EXAMPLES.slice(FEW))),
  );
}
