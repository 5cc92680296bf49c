// The element <why-401>. It owns the events, the clock and the clipboard; what is said and drawn
// comes from the core (wasm), which gets texts, and the document to make elements of.
import { createInstance, elementCss } from "./built.js";
import { answer, copyText } from "./clipboard.js";
import { make } from "./dom.js";
import { Fields, SILENT } from "./fields.js";
import { Picker, readPresets } from "./presets.js";
import { welcome } from "./welcome.js";
import { Beside, NoWorker, isLarge } from "./worker.js";

/** Files larger than this are no token and no transcript. */
const LARGEST_FILE = 8_000_000;

const FORBIDDEN =
  "Nothing was read and nothing was sent: this site's policy does not allow WebAssembly. " +
  "Whoever looks after the site can use why401's iframe form instead, or allow 'wasm-unsafe-eval' in script-src.";

/**
 * Attributes: `service-url`, `caller`, `custom-audiences` (defaults of the fields), `theme`
 * (`light`, `dark`, `system`), `compact`. Property: `presets`. Event: `why401:verdict`, whose
 * detail is `{id, gate, likelihood}` and never holds anything pasted.
 */
export class Why401 extends HTMLElement {
  static observedAttributes = ["service-url", "caller", "custom-audiences"];

  #root = this.attachShadow({ mode: "open" });
  #fields = new Fields(() => this.#draw());
  #output = make("div", { class: "output" });
  #notice = make("p", { class: "notice", hidden: true });
  #columns = make("div", { class: "columns" });
  #internals = this.attachInternals();
  #status = make("p", { class: "unseen", role: "status", "aria-live": "polite" });
  #picker = new Picker((fields) => this.load(fields, true, true));
  #presets;
  #core; // the instance, once it is there
  #coming; // the promise of it
  #beside = new Beside(); // where large texts are read
  #alone = false; // the site around allows no worker
  #turn = 0; // of the newest drawing
  #view = {};
  #pick = null;
  #open = new Map(); // what the reader opened or closed, by key
  #drawn = new Map(); // the details on screen, each as it was drawn
  #said = "";
  #saying; // the pause before it is said
  #verdict = "";
  #ticker;
  #ticked = 0; // the second the clock showed last
  #wide = false; // two columns
  #cleared; // what Clear took away, until the page is left
  #held = false; // a button of the mouse is down
  #due = false; // a value was typed into a command and is not drawn yet

  constructor() {
    super();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(elementCss);
    this.#root.adoptedStyleSheets = [sheet];
    const clear = make("button", { type: "button", class: "clear small quiet", onclick: () => this.clear() }, "Clear");
    this.#columns.append(
      make("div", { class: "given" }, this.#picker.element, this.#fields.element, make("div", { class: "foot" }, this.#notice, clear)),
      this.#output,
    );
    this.#root.append(this.#columns, this.#status);
    this.#welcome();
    this.#listen();
    new ResizeObserver(([{ contentRect }]) => (this.#wide = contentRect.width >= 960)).observe(this);
  }

  connectedCallback() {
    this.#defaults();
    this.#readPresets();
    addEventListener("pagehide", this.#leave);
    addEventListener("pageshow", this.#back);
    this.#ticker = setInterval(() => this.#tick(), 1000);
  }

  disconnectedCallback() {
    removeEventListener("pagehide", this.#leave);
    removeEventListener("pageshow", this.#back);
    clearInterval(this.#ticker);
    this.#forget();
  }

  attributeChangedCallback() {
    if (!this.isConnected) return;
    this.#defaults();
    this.#draw();
  }

  /** The services of a team, see presets.js. */
  get presets() {
    return this.#presets;
  }

  set presets(presets) {
    this.#presets = presets;
    this.#picker.show(presets);
  }

  /**
   * Frameworks set the property before the element is defined, which hides the accessor. Where the
   * parser is still inside the element, its child is not there yet.
   */
  #readPresets() {
    if (Object.hasOwn(this, "presets")) {
      const { presets } = this;
      delete this.presets;
      this.presets = presets;
    }
    if (document.readyState === "loading") {
      document.addEventListener("DOMContentLoaded", () => this.#readPresets(), { once: true });
    } else {
      this.presets ??= readPresets(this);
    }
  }

  /** Gets the core ready before it is needed. */
  warm() {
    this.#coming ??= createInstance().then((core) => {
      this.#core = core;
      this.#fields.callers(JSON.parse(core.callers()));
    });
    return this.#coming;
  }

  /** Takes a text as if it had been pasted: into the paste field, or beside what is there. */
  paste(text) {
    this.#pick = null;
    if (this.#fields.get("paste").value.trim()) {
      this.#fields.add(text);
      this.#status.textContent = "Added.";
    } else {
      this.#fields.fill({ paste: text });
      this.#fields.get("paste").focus();
    }
    this.#draw();
  }

  /** Fills fields; the others are emptied unless they are to be kept. `linked`: out of a preset. */
  load(fields, keep = false, linked = false) {
    if (!keep) this.#fields.clear();
    this.#fields.fill(fields, linked);
    this.#pick = null;
    this.#draw();
    if (!this.#wide && !keep) this.#output.scrollIntoView();
  }

  /** Empties everything, and drops the core with all it has read. It can be undone until the page is left. */
  clear() {
    const cleared = this.#fields.empty ? undefined : this.#fields.state();
    this.#forget();
    this.#defaults();
    this.warm().catch(() => {});
    this.#fields.get("paste").focus();
    this.#status.textContent = "Cleared.";
    this.#cleared = cleared;
    if (cleared) this.#tell("Cleared.", make("button", { type: "button", class: "small", onclick: () => this.#undo() }, "Undo"));
  }

  #undo() {
    this.#fields.restore(this.#cleared);
    this.#cleared = undefined;
    this.#tell();
    this.#fields.get("paste").focus();
    this.#draw();
  }

  /** A line under the fields; without words, none. */
  #tell(...words) {
    this.#notice.replaceChildren(...words);
    this.#notice.hidden = words.length === 0;
  }

  #leave = () => this.#forget();
  #back = (event) => event.persisted && this.clear();

  #forget() {
    this.#fields.clear();
    this.#picker.reset();
    this.#turn += 1;
    this.#rest();
    this.#core = this.#coming = undefined;
    this.#view = {};
    this.#pick = null;
    this.#open.clear();
    this.#drawn.clear();
    this.#said = this.#verdict = "";
    this.#cleared = undefined;
    this.#due = false;
    this.#tell();
    this.#welcome();
    this.#status.textContent = "";
  }

  /** What stands there before anything is given. */
  #welcome() {
    this.#answered(false);
    if (!this.#output.querySelector(".welcome")) this.#output.replaceChildren(welcome((fields) => this.load(fields)));
  }

  /** Once there is an answer, the fields give their room to it. */
  #answered(yes) {
    this.#columns.classList.toggle("answered", yes);
    this.#internals.states?.[yes ? "add" : "delete"]("answered");
  }

  #defaults() {
    for (const id of Why401.observedAttributes) {
      if (this.hasAttribute(id)) this.#fields.fill({ [id]: this.getAttribute(id) }, true);
    }
  }

  #input() {
    return JSON.stringify({ ...this.#fields.read(), now: Date.now() / 1000, pick: this.#pick });
  }

  /** Draws within the event that changed something, so that the next frame shows the verdict. */
  #draw() {
    const turn = (this.#turn += 1);
    if (this.#fields.empty) {
      this.#rest();
      this.#welcome();
      return;
    }
    if (this.#cleared) {
      this.#cleared = undefined;
      this.#tell();
    }
    if (!this.#core) {
      this.warm().then(() => this.#draw(), (error) => this.#broke(error));
      return;
    }
    const view = JSON.stringify({ ...this.#view, offset: -new Date().getTimezoneOffset() });
    if (this.#alone || !isLarge(this.#fields.read())) {
      this.#rest();
      this.#show(() => this.#core.paint(this.#input(), view, document));
      return;
    }
    const newest = (act) => (told) => turn === this.#turn && act(told);
    this.#output.setAttribute("aria-busy", "true");
    this.#beside.ask("draw", this.#input(), view).then(
      newest((drawn) => this.#show(() => this.#core.paint_drawn(drawn, document))),
      newest((error) => {
        if (!(error instanceof NoWorker)) return this.#broke(error);
        this.#alone = true;
        return this.#draw();
      }),
    );
    // What is on screen is about something else by now; most answers come sooner than this is seen.
    const shown = this.#output.firstChild;
    setTimeout(newest(() => shown === this.#output.firstChild && this.#wait()), 250);
  }

  /** Gives up what the worker is reading. */
  #rest() {
    this.#beside.drop();
    this.#output.removeAttribute("aria-busy");
  }

  /** In place of the verdict until it is there. */
  #wait() {
    this.#keepOpen();
    this.#output.replaceChildren(make("section", { class: "verdict" }, make("p", {}, "Reading…")));
  }

  /** Puts what the core paints on the screen. */
  #show(paint) {
    this.#output.removeAttribute("aria-busy");
    this.#ticked = Math.floor(Date.now() / 1000);
    const focused = keyOf(this.#root.activeElement);
    this.#keepOpen();
    try {
      const [report, told] = paint();
      this.#holes(report);
      this.#output.replaceChildren(report);
      this.#answered(true);
      this.#told(told);
    } catch (error) {
      this.#broke(error);
      return;
    }
    for (const details of this.#output.querySelectorAll("details[data-key]")) {
      details.open = this.#open.get(details.dataset.key) ?? details.open;
      this.#drawn.set(details, details.open);
    }
    if (focused) this.#focus(focused);
  }

  /** The fields in commands: silent like all others, and what was typed there and refused stays. */
  #holes(report) {
    for (const hole of report.querySelectorAll("[data-hole]")) {
      for (const [name, value] of Object.entries(SILENT)) hole.setAttribute(name, value);
      hole.value = this.#fields.values[hole.dataset.hole] ?? "";
      hole.toggleAttribute("aria-invalid", false);
      if (hole.value) hole.setAttribute("aria-invalid", "true");
      hole.size = Math.max(hole.value.length, 1);
    }
  }

  /** Draws what was typed into a command, but never under a mouse that is about to click. */
  #settle() {
    if (!this.#due || this.#held) return;
    this.#due = false;
    this.#draw();
  }

  /** Read from the elements: the event `toggle` comes later, when they may be replaced already. */
  #keepOpen() {
    for (const [details, open] of this.#drawn) {
      if (details.open !== open) this.#open.set(details.dataset.key, details.open);
    }
    this.#drawn.clear();
  }

  #told({ id, gate, likelihood, say, urls }) {
    this.#fields.offer(urls);
    if (say !== this.#said) this.#say(say);
    const verdict = JSON.stringify({ id, gate, likelihood });
    if (verdict === this.#verdict) return;
    this.#verdict = verdict;
    const detail = { id, gate, likelihood };
    this.dispatchEvent(new CustomEvent("why401:verdict", { detail, bubbles: true, composed: true }));
  }

  /** Tells screen readers once the typing pauses. */
  #say(words) {
    this.#said = words;
    clearTimeout(this.#saying);
    this.#saying = setTimeout(() => words === this.#said && (this.#status.textContent = words), 500);
  }

  /** The core trapped, or may not start here: whatever it holds is dropped with it. */
  #broke(error) {
    this.#rest();
    this.#core = this.#coming = undefined;
    this.#said = this.#verdict = "";
    const words = forbidden(error) ? FORBIDDEN : "Internal error, nothing was sent. Change the input or clear it to go on.";
    this.#output.replaceChildren(make("section", { class: "verdict broken", role: "alert" }, make("p", {}, words)));
    this.warm().catch(() => {});
  }

  #tick() {
    if (!this.#core || document.hidden) return;
    const now = Math.floor(Date.now() / 1000);
    let crossed = false;
    for (const shown of this.#output.querySelectorAll("[data-at]")) {
      const at = Number(shown.dataset.at);
      shown.firstChild.data = this.#core.relative(at, now);
      // What was to come is past now: that may change the verdict.
      crossed ||= this.#ticked < at && at <= now;
    }
    this.#ticked = now;
    if (crossed) this.#draw();
  }

  #listen() {
    const on = (type, listener, options) => this.#root.addEventListener(type, listener, options);
    on("focusin", () => this.warm().catch(() => {}), { once: true });
    on("pointerover", () => this.warm().catch(() => {}), { once: true });
    on("click", (event) => this.#clicked(event.target.closest("button")));
    on("keydown", (event) => this.#pressed(event));
    on("change", ({ target }) => {
      if ("mask" in target.dataset) this.#view.mask = target.checked;
      if (!target.dataset.hole) return;
      this.#fields.set(target.dataset.hole, target.value);
      this.#due = true;
      // The focus moves first.
      setTimeout(() => this.#settle());
    });
    on("input", ({ target }) => {
      if (target.dataset.hole) target.size = Math.max(target.value.length, 1);
    });
    on("pointerdown", () => (this.#held = true));
    for (const type of ["pointerup", "pointercancel"]) {
      on(type, () => {
        this.#held = false;
        setTimeout(() => this.#settle());
      });
    }
    for (const type of ["pointerover", "focusin"]) on(type, (event) => this.#point(event.target));
    on("dragover", (event) => event.preventDefault());
    on("drop", (event) => this.drop(event));
  }

  /** Reads a dropped file or text. */
  async drop(event) {
    event.preventDefault();
    const file = event.dataTransfer.files[0];
    if (!file) return this.paste(event.dataTransfer.getData("text/plain"));
    if (file.size > LARGEST_FILE) return this.#refuse("This file is too large to be a token or a transcript: at most 8 MB are read.");
    return this.paste(await file.text());
  }

  /** Said and shown. */
  #refuse(words) {
    this.#tell(words);
    this.#say(words);
  }

  #clicked(button) {
    if (!button || !this.#output.contains(button)) return;
    const { ask, answer, copy, language, pick, show } = button.dataset;
    if (copy) this.#copy(this.#upToDate(button), copy);
    else if (answer) this.#redraw(() => this.#fields.fill({ [ask]: answer }));
    else if (ask) this.#fields.show(ask);
    else if (pick) this.#redraw(() => (this.#pick = Number(pick)));
    else if (show) this.#redraw(() => (this.#view.whole = true));
    else if (language) this.#redraw(() => (this.#view.language = language));
  }

  /** The button, or the one in its place after what was typed into the command is drawn. */
  #upToDate(button) {
    this.#held = false;
    if (!this.#due) return button;
    const key = keyOf(button);
    this.#settle();
    return this.#keyed(key) ?? button;
  }

  #redraw(change) {
    change();
    this.#draw();
  }

  #pressed(event) {
    if (event.key === "Escape" && event.target.dataset?.hole) {
      event.preventDefault();
      event.target.value = this.#fields.values[event.target.dataset.hole] ?? "";
      return;
    }
    if (event.key === "Escape" && !event.defaultPrevented && !event.isComposing) {
      event.preventDefault();
      this.clear();
      return;
    }
    const tab = event.target.closest?.("[role=tab], [role=toolbar] > button");
    if (!tab) return;
    const tabs = [...tab.parentElement.children];
    const steps = { ArrowRight: 1, ArrowLeft: -1, Home: -tabs.indexOf(tab), End: tabs.length - 1 - tabs.indexOf(tab) };
    if (!(event.key in steps)) return;
    event.preventDefault();
    const next = tabs[(tabs.indexOf(tab) + steps[event.key] + tabs.length) % tabs.length];
    next.focus();
    if (next.dataset.language) this.#redraw(() => (this.#view.language = next.dataset.language));
  }

  async #copy(button, what) {
    const text = {
      command: () => button.closest(".fix").querySelector("[data-command]").textContent,
      json: () => button.closest("[data-raw]").querySelector("[data-json]").textContent,
      report: () => this.#markdown(true),
      whole: () => this.#markdown(false),
    }[what]();
    const done = await copyText(await text);
    answer(button, done);
    // The verdict may still wait to be said: what was asked for last is heard.
    clearTimeout(this.#saying);
    this.#status.textContent = done ? "Copied." : "The browser did not allow copying.";
  }

  /** The report as Markdown; of a large text from a worker of its own, for the other may be busy. */
  async #markdown(brief) {
    const texts = [this.#input(), JSON.stringify({ mask: this.#view.mask ?? false, brief })];
    if (this.#alone || !isLarge(this.#fields.read())) return this.#core.markdown(...texts);
    const beside = new Beside();
    const text = await beside.ask("markdown", ...texts);
    beside.drop();
    return text;
  }

  /** Lights a claim's row and its place in the token together. */
  #point(target) {
    const claim = target.closest?.("[data-claim]")?.dataset.claim;
    for (const lit of this.#output.querySelectorAll(".lit")) lit.classList.remove("lit");
    if (claim === undefined) return;
    for (const part of this.#output.querySelectorAll(`[data-claim="${claim}"]`)) part.classList.add("lit");
  }

  /** Where the focus was; where that is gone, to the fix. */
  #focus(key) {
    const found = this.#keyed(key) ?? this.#output.querySelector(".primary");
    found?.focus({ preventScroll: true });
  }

  #keyed(key) {
    return [...this.#output.querySelectorAll("[data-key]")].find((element) => keyOf(element) === key);
  }
}

/** The bytes are always the same, so only a policy or a setting keeps them from being compiled. */
function forbidden(error) {
  return typeof WebAssembly === "undefined" || error instanceof WebAssembly.CompileError;
}

/** What an element is called across drawings; nothing when it is not drawn. */
function keyOf(element) {
  const drawn = element?.closest?.("[data-key]");
  return drawn && [drawn.dataset.key, element.dataset.language ?? "", element.localName].join();
}

if (!customElements.get("why-401")) customElements.define("why-401", Why401);
