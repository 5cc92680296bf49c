// The iframe form: what to start with is read from the address once, and the page around is told the
// height. Nothing else passes: no message is listened to, and the address never holds what was pasted.

/** What may stand after `#`, by the attribute it becomes. */
const ATTRIBUTES = { serviceUrl: "service-url", caller: "caller", theme: "theme", compact: "compact" };

/** Sets up `element` from the percent-encoded JSON after `#`; what is no such JSON counts for nothing. */
export function start(element) {
  const told = fragment();
  for (const [name, attribute] of Object.entries(ATTRIBUTES)) {
    const value = told[name];
    if (typeof value === "string" && value) element.setAttribute(attribute, value);
    else if (value === true) element.setAttribute(attribute, "");
  }
  if (Array.isArray(told.customAudiences)) {
    const audiences = told.customAudiences.filter((audience) => typeof audience === "string");
    element.setAttribute("custom-audiences", audiences.join("\n"));
  }
  if (Array.isArray(told.services)) element.presets = told.services;
}

/** Tells the page around, if there is one, each new height in CSS pixels. */
export function reportHeight() {
  if (parent === window) return;
  document.documentElement.classList.add("framed");
  new ResizeObserver(() => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    // To any origin: a height is no secret, and who frames the page is not known here.
    parent.postMessage({ type: "why401:height", height }, "*");
  }).observe(document.body);
}

function fragment() {
  try {
    const told = JSON.parse(decodeURIComponent(location.hash.slice(1)));
    return told && typeof told === "object" ? told : {};
  } catch {
    return {};
  }
}
