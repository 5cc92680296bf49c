// The element. `built.js` is written by `cargo xtask build` (xtask/src/bundle.rs): it holds the wasm,
// the text of element.css, the version, and
//   createInstance(): Promise of the wasm's functions over a new linear memory.
import { createInstance, elementCss } from "./built.js";

export class Why401 extends HTMLElement {
  connectedCallback() {
    const root = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(elementCss);
    root.adoptedStyleSheets = [sheet];
    const label = document.createElement("label");
    label.textContent = "Paste";
    const paste = document.createElement("textarea");
    const output = document.createElement("output");
    label.append(paste);
    root.append(label, output);
    paste.addEventListener("input", async () => {
      const { diagnose } = await createInstance();
      const input = { paste: paste.value, now: Math.floor(Date.now() / 1000) };
      const report = JSON.parse(diagnose(JSON.stringify(input)));
      output.textContent = report.headline?.summary ?? "";
    });
  }
}

customElements.define("why-401", Why401);
