// What the user gives: the fields, and their values as the core's input.
import { make } from "./dom.js";

/**
 * On every field that takes text: spell checkers, autofill, translation and the extensions of
 * password managers and grammar services send what they find to someone.
 */
const SILENT = {
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

/** The fields that unfold, by what the core asks for. */
const FOLD_OF = {
  status: "response",
  response: "response",
  caller: "more",
  "custom-audiences": "more",
  names: "more",
};

/** The column of fields. `element` goes into the page, `read()` is the core's input. */
export class Fields {
  #caller = ""; // as filled in, until there is such an option
  #linked = new Map(); // what a link or the page around filled in, by field

  /** @param {() => void} changed called on every change, within the event. */
  constructor(changed) {
    const text = (id, label, hint, attributes = {}) =>
      field(id, label, hint, make("input", { type: "text", ...SILENT, ...attributes }));
    const area = (id, label, hint, rows) =>
      field(id, label, hint, make("textarea", { rows, ...SILENT, wrap: "soft" }));
    this.offers = make("datalist", { id: "urls" });
    this.folds = {
      response: fold(
        "What came back",
        text("status", "Status", "401, 403, …", { inputmode: "numeric", maxlength: 3 }),
        area("response", "Response", "headers, body or log line, in any mix", 5),
      ),
      more: fold(
        "Caller, audiences, names",
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
      text("service-url", "Service URL", "https://…", { inputmode: "url", list: "urls" }),
      this.offers,
      this.folds.response,
      this.folds.more,
    );
    this.all = [...this.element.querySelectorAll("input, textarea, select")];
    this.element.addEventListener("input", changed);
  }

  /** One field by its id. */
  get(id) {
    return this.all.find((field) => field.id === id);
  }

  /** Whether there is anything to judge. */
  get empty() {
    return !["paste", "response", "status"].some((id) => this.get(id).value.trim());
  }

  /** The core's input, without `now` and `pick`. */
  read() {
    const value = (id) => this.get(id).value;
    const status = Number.parseInt(value("status"), 10);
    return {
      paste: value("paste"),
      serviceUrl: value("service-url"),
      response: value("response"),
      status: status >= 100 && status <= 999 ? status : null,
      caller: value("caller") || null,
      customAudiences: value("custom-audiences").split(/[\n,]/).map((one) => one.trim()).filter(Boolean),
      service: value("service"),
      region: value("region"),
      project: value("project"),
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
      if (linked) this.#linked.set(id, known.value);
      else this.#linked.delete(id);
    }
    if ("caller" in values) this.#caller = values.caller ?? "";
  }

  /** Empties every field. */
  clear() {
    for (const field of this.all) field.value = "";
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
    this.get("service-url").placeholder = urls.length ? `${urls[0]} (from the transcript)` : "https://…";
  }

  /** Unfolds what the core asks for, but never above the field that is being typed in. */
  unfold(asked) {
    const active = this.element.getRootNode().activeElement;
    for (const name of asked) {
      const folded = this.folds[FOLD_OF[name]];
      if (folded && !folded.open && !this.folds.more.contains(active)) folded.open = true;
    }
  }

  /** Leads to the field the core asks for. */
  show(name) {
    const folded = this.folds[FOLD_OF[name]];
    if (folded) folded.open = true;
    this.get(name === "names" ? "service" : name)?.focus();
  }
}

function field(id, label, hint, control) {
  control.id = id;
  if (hint) control.placeholder = hint;
  return make("div", { class: `field ${id}` }, make("label", { for: id }, label), control);
}

function fold(summary, ...fields) {
  return make("details", {}, make("summary", {}, summary), ...fields);
}
