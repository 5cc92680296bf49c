// What the user gives: the fields, and their values as the core's input.
import { make, visible } from "./dom.js";

/**
 * On every field that takes text: spell checkers, autofill, translation and the extensions of
 * password managers and grammar services send what they find to someone.
 */
export const SILENT = {
  spellcheck: "false",
  writingsuggestions: "false",
  autocorrect: "off",
  autocapitalize: "off",
  autocomplete: "off",
  translate: "no",
  "data-gramm": "false",
  "data-gramm_editor": "false",
  "data-enable-grammarly": "false",
  "data-lpignore": "true",
  "data-1p-ignore": "true",
  "data-bwignore": "true",
  "data-form-type": "other",
};

/** What the core calls the fields that a link may fill in. */
const LINKED = {
  "service-url": "serviceUrl",
  "custom-audiences": "customAudiences",
  service: "service",
  region: "region",
  project: "project",
};

/** The fields that the CAPITALS of commands belong to; other values have none. */
const FIELD_OF = {
  SERVICE: "service",
  REGION: "region",
  PROJECT_ID: "project",
  REQUEST_URL: "service-url",
  YOUR_SERVICE_URL: "service-url",
  API_URL: "service-url",
  APP_URL: "service-url",
  HOST_URL: "service-url",
  CALLED_URL: "service-url",
};

/** A host that is whole: it ends as Google's do, or something follows it. Until then each letter names another host. */
const WHOLE = new RegExp(
  String.raw`^\s*$|\.(run\.app|cloudfunctions\.net|googleapis\.com|appspot\.com|gateway\.dev|web\.app|firebaseapp\.com|cloud\.goog|pkg\.dev)\s*$|^\s*(https?://)?[^\s/:?#]+\.[^\s/:?#]+[/:?#]`,
  "i",
);

/** How long the typing of another host pauses before it is judged, in milliseconds. */
const PAUSE = 800;

/** The fields that unfold, by what the core asks for. */
const FOLD_OF = {
  status: "response",
  response: "response",
  caller: "more",
  "custom-audiences": "more",
};

/** The column of fields. `element` goes into the page, `read()` is the core's input. */
export class Fields {
  #caller = ""; // as filled in, until there is such an option
  #linked = new Map(); // what a link or the page around filled in, by field
  #added = []; // what was pasted besides
  #values = {}; // what was typed in place of CAPITALS
  #url = ""; // the newest URL that is whole
  #pause; // until a host is taken for whole
  #changed;

  /** @param {() => void} changed called on every change, within the event. */
  constructor(changed) {
    this.#changed = changed;
    const text = (id, label, hint, attributes = {}) =>
      field(id, label, hint, make("input", { type: "text", ...SILENT, ...attributes }));
    const area = (id, label, hint, rows) =>
      field(id, label, hint, make("textarea", { rows, ...SILENT, wrap: "soft" }));
    this.chips = make("ul", { class: "added", "aria-label": "Pasted besides" });
    this.printed = area("printed", "What it printed", "paste the output here: it is added", 2);
    this.printed.hidden = true;
    this.offers = make("datalist", { id: "urls" });
    this.folds = {
      response: fold(
        "What came back",
        text("status", "Status", "401, 403, …", { inputmode: "numeric", maxlength: 3 }),
        area("response", "Response", "headers, body or log line, in any mix", 5),
      ),
      more: fold(
        "Caller and names",
        field("caller", "Caller", "", make("select", {}, make("option", { value: "" }, "not told"))),
        area("custom-audiences", "Custom audiences", "one per line", 2),
        text("service", "Service", "where the URL does not tell it"),
        text("region", "Region", ""),
        text("project", "Project", "its id; no run.app URL tells it"),
      ),
    };
    this.element = make(
      "div",
      { class: "fields", part: "fields" },
      area("paste", "Paste", "a token, header, curl command or transcript, error, log line", 10),
      make("p", { class: "private" }, "Nothing leaves this page: it has no network and stores nothing."),
      this.chips,
      this.printed,
      text("service-url", "Service URL", "https://…", { inputmode: "url", list: "urls" }),
      this.offers,
      this.folds.response,
      this.folds.more,
    );
    this.all = [...this.element.querySelectorAll("input, textarea, select")];
    this.element.addEventListener("input", (event) => this.#typed(event));
    this.element.addEventListener("change", ({ target }) => {
      if (target.id === "service-url") this.#settle();
      if (target.id === "printed" && target.value) this.#typed({ target });
    });
    this.#show();
  }

  /** A letter more, a paste or a choice. */
  #typed(event) {
    const { target } = event;
    if (target.id === "printed") {
      if (isLetter(event)) return;
      this.add(target.value);
      target.value = "";
      this.printed.hidden = true;
    }
    if (target.id === "service-url") {
      this.#wait();
      if (isLetter(event) && !WHOLE.test(target.value)) {
        this.#pause = setTimeout(() => this.#settle(), PAUSE);
        return;
      }
    }
    this.#changed();
  }

  /** The URL is taken for whole, however it ends. */
  #settle() {
    if (!this.#pause) return;
    this.#wait();
    this.#changed();
  }

  /** No host is waited for any more. */
  #wait() {
    clearTimeout(this.#pause);
    this.#pause = undefined;
  }

  /** Adds a text to what was pasted. */
  add(text) {
    if (text.trim()) this.#added.push(text);
    this.#show();
  }

  /** What was added, each with its way out. */
  #show() {
    const chip = (text, place) => {
      const remove = () => {
        this.#added.splice(place, 1);
        this.#show();
        this.#changed();
      };
      const name = called(text);
      return make("li", {}, name, make("button", { type: "button", class: "small", "aria-label": `Remove ${name}`, onclick: remove }, "×"));
    };
    this.chips.replaceChildren(...this.#added.map(chip));
    this.chips.hidden = this.#added.length === 0;
  }

  /** The values typed in place of CAPITALS. */
  get values() {
    return this.#values;
  }

  /** Takes a value for CAPITALS, and puts it into their field where they have one. */
  set(hole, value) {
    this.#values = { ...this.#values, [hole]: value };
    if (hole in FIELD_OF) this.fill({ [FIELD_OF[hole]]: value });
  }

  /** Everything that is given, to be given again. */
  state() {
    return {
      fields: this.all.map((field) => field.value),
      linked: [...this.#linked],
      added: [...this.#added],
      values: this.#values,
    };
  }

  /** Gives it again. */
  restore({ fields, linked, added, values }) {
    this.all.forEach((field, place) => (field.value = fields[place]));
    this.#linked = new Map(linked);
    this.#added = added;
    this.#values = values;
    this.#wait();
    this.#show();
  }

  /** One field by its id. */
  get(id) {
    return this.all.find((field) => field.id === id);
  }

  /** Whether there is anything to judge. */
  get empty() {
    return this.#added.length === 0 && !["paste", "response", "status"].some((id) => this.get(id).value.trim());
  }

  /** The core's input, without `now` and `pick`. */
  read() {
    const value = (id) => this.get(id).value;
    if (!this.#pause) this.#url = value("service-url");
    const status = Number.parseInt(value("status"), 10);
    return {
      paste: [value("paste"), ...this.#added].join("\n\n"),
      serviceUrl: this.#url,
      response: value("response"),
      status: status >= 100 && status <= 999 ? status : null,
      caller: value("caller") || null,
      customAudiences: value("custom-audiences").split(/[\n,]/).map((one) => one.trim()).filter(Boolean),
      service: value("service"),
      region: value("region"),
      project: value("project"),
      values: this.#values,
      // Until the person changes it, a value is not theirs.
      preset: Object.keys(LINKED).filter((id) => value(id) && this.#linked.get(id) === value(id)).map((id) => LINKED[id]),
    };
  }

  /** Fills fields by id and leaves the others; `linked` when not the person gave the values. */
  fill(values, linked = false) {
    for (const [id, value] of Object.entries(values)) {
      const known = this.get(id);
      if (!known) continue;
      known.value = value ?? "";
      if (id === "service-url") this.#wait();
      if (linked) this.#linked.set(id, known.value);
      else this.#linked.delete(id);
    }
    if ("caller" in values) this.#caller = values.caller ?? "";
  }

  /** Empties every field. */
  clear() {
    for (const field of this.all) field.value = "";
    this.#wait();
    this.#added = [];
    this.#values = {};
    this.#show();
    this.printed.hidden = true;
    this.#linked.clear();
    this.#caller = "";
    this.offers.replaceChildren();
    this.get("service-url").placeholder = "https://…";
    for (const folded of Object.values(this.folds)) folded.open = false;
  }

  /** The callers that can be chosen, `[id, label]` each. */
  callers(known) {
    const select = this.get("caller");
    const chosen = select.value || this.#caller;
    select.replaceChildren(
      select.options[0],
      ...known.map(([value, label]) => make("option", { value }, label)),
    );
    select.value = chosen;
  }

  /** Offers the URLs of a transcript. */
  offer(urls) {
    const shown = [...this.offers.children].map((option) => option.value);
    if (shown.join() === urls.join()) return;
    this.offers.replaceChildren(...urls.map((value) => make("option", { value })));
    this.get("service-url").placeholder = urls.length ? `from the transcript: ${urls[0]}` : "https://…";
  }

  /** Leads to the field the core asks for. */
  show(name) {
    const folded = this.folds[FOLD_OF[name]];
    if (folded) folded.open = true;
    if (name === "printed") this.printed.hidden = false;
    this.get(name)?.focus();
  }
}

/** Typing by hand; a paste, a choice and a script's filling bring more at once. */
function isLetter({ data, inputType }) {
  return Boolean(inputType) && inputType !== "insertFromPaste" && !(data?.length > 1);
}

/** What an added text is called: its first line, and no more of a token than that it is one. */
function called(text) {
  const line = text.trim().split("\n")[0].trim();
  if (/\b(eyJ|ya29\.)/.test(line)) return "a token";
  return visible(line.length > 28 ? `${line.slice(0, 28)}…` : line);
}

function field(id, label, hint, control) {
  control.id = id;
  if (hint) control.placeholder = hint;
  return make("div", { class: `field ${id}` }, make("label", { for: id }, label), control);
}

function fold(summary, ...fields) {
  return make("details", {}, make("summary", {}, summary), ...fields);
}
