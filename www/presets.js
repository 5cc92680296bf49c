// A team's services: choosing one fills the fields and links its runbook.
import { make, visible } from "./dom.js";

/**
 * The presets of an element's `<script type="application/json">` child, `[]` when there are none.
 * Each is `{name, url, project, region, service, audiences, runbook}`, all but `name` optional.
 */
export function readPresets(element) {
  const source = element.querySelector('script[type="application/json"]');
  return source ? parsed(source.textContent) : [];
}

/** The picker of a list of presets; `choose` gets the fields of the service chosen. */
export class Picker {
  element = make("div", { class: "presets", part: "presets" });
  #presets = [];
  #select;
  #runbook;

  constructor(choose) {
    this.#runbook = make("a", { rel: "noopener noreferrer", target: "_blank", hidden: true });
    this.#select = make("select", {
      id: "preset",
      autocomplete: "off",
      onchange: () => {
        const preset = this.#presets[this.#select.value];
        choose(fieldsOf(preset ?? {}));
        this.#link(preset);
      },
    });
  }

  /** Shows these services; whatever is no list of objects shows none. */
  show(presets) {
    this.#presets = (Array.isArray(presets) ? presets : []).filter((preset) => preset && typeof preset === "object");
    this.#select.replaceChildren(
      make("option", { value: "" }, "choose"),
      ...this.#presets.map((preset, place) => make("option", { value: String(place) }, nameOf(preset))),
    );
    const shown = this.#presets.length ? [make("label", { for: "preset" }, "Your service"), this.#select, this.#runbook] : [];
    this.element.replaceChildren(...shown);
    this.#link();
  }

  /** None is chosen any more. */
  reset() {
    this.#select.value = "";
    this.#link();
  }

  #link(preset) {
    const address = httpsOnly(preset?.runbook);
    this.#runbook.hidden = !address;
    this.#runbook.removeAttribute("href");
    if (!address) return;
    this.#runbook.href = address;
    this.#runbook.textContent = `Runbook of ${nameOf(preset)} at ${new URL(address).host}`;
  }
}

/** A preset comes out of a link: a name is shown with what it may hide, and cut where it is no name. */
function nameOf({ name, service, url }) {
  const told = [name, service, url].map(text).find(Boolean) ?? "unnamed";
  return visible(told.length > 80 ? `${told.slice(0, 80)}…` : told);
}

/** The address of a page that may be linked; nothing else than https, and no credentials in it. */
function httpsOnly(text) {
  if (typeof text !== "string" || !URL.canParse(text)) return "";
  const { protocol, username, password, href } = new URL(text);
  return protocol === "https:" && !username && !password ? href : "";
}

function fieldsOf({ url, project, region, service, audiences }) {
  return {
    "service-url": text(url),
    project: text(project),
    region: text(region),
    service: text(service),
    "custom-audiences": [audiences].flat().map(text).filter(Boolean).join("\n"),
  };
}

/** A text, or none: whatever else JSON may hold stands for nothing. */
function text(value) {
  return typeof value === "string" ? value : "";
}

/** JSON of any kind, or `[]`. */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return [];
  }
}
