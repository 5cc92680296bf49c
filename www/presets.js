// A team's services: choosing one fills the fields.
import { make } from "./dom.js";

/**
 * The presets of an element's `<script type="application/json">` child, `[]` when there are none.
 * Each is `{name, url, project, region, service, audiences, runbook}`, all but `name` optional.
 */
export function readPresets(element) {
  const source = element.querySelector('script[type="application/json"]');
  if (!source) return [];
  try {
    return JSON.parse(source.textContent);
  } catch {
    return [];
  }
}

/** The nodes of the picker; `choose` gets the fields of the service chosen. */
export function presetPicker(presets, choose) {
  if (!Array.isArray(presets) || !presets.length) return [];
  const runbook = make("a", { rel: "noreferrer noopener", target: "_blank", hidden: true }, "Runbook");
  const select = make(
    "select",
    {
      id: "preset",
      onchange: () => {
        const preset = presets[select.value];
        choose(fieldsOf(preset ?? {}));
        runbook.hidden = !/^https?:\/\//.test(preset?.runbook ?? "");
        if (!runbook.hidden) runbook.href = preset.runbook;
      },
    },
    make("option", { value: "" }, "choose"),
    ...presets.map((preset, place) => make("option", { value: place }, String(preset.name ?? preset.url))),
  );
  return [make("label", { for: "preset" }, "Your service"), select, runbook];
}

function fieldsOf({ url, project, region, service, audiences = [] }) {
  return { "service-url": url, project, region, service, "custom-audiences": [audiences].flat().join("\n") };
}
