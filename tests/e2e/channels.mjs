// How a script inside a page gets something out of it: each takes the address to reach. Navigation and
// WebRTC are not here; no policy closes them, and docs/privacy.md says so.
const link = (rel, as) => `(url) => {
  const link = document.createElement("link");
  Object.assign(link, { rel: "${rel}", as: "${as ?? ""}", href: url });
  document.head.append(link);
}`;
const element = (tag, attribute, more = "{}") => `(url) => {
  const element = Object.assign(document.createElement("${tag}"), ${more});
  element.setAttribute("${attribute}", url);
  document.body.append(element);
}`;
const styled = (rule) => `(url) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(${rule});
  document.adoptedStyleSheets.push(sheet);
}`;

/** Source texts of functions, by name. */
export const CHANNELS = {
  fetch: "(url) => void fetch(url).catch(() => {})",
  "fetch-no-cors": '(url) => void fetch(url, { mode: "no-cors", method: "POST", body: "x" }).catch(() => {})',
  "fetch-keepalive": "(url) => void fetch(url, { keepalive: true }).catch(() => {})",
  xhr: '(url) => { const xhr = new XMLHttpRequest(); xhr.open("GET", url); xhr.send(); }',
  beacon: '(url) => navigator.sendBeacon(url, "x")',
  websocket: '(url) => new WebSocket(url.replace("http", "ws"))',
  eventsource: "(url) => new EventSource(url)",
  image: "(url) => { new Image().src = url; }",
  "image-set": element("img", "srcset"),
  video: element("video", "src"),
  audio: element("audio", "src", '{ preload: "auto" }'),
  "input-image": element("input", "src", '{ type: "image" }'),
  "css-background": styled('`body { background: url("${url}") }`'),
  "css-list-style": '(url) => { document.body.style.cssText = `display: list-item; list-style-image: url("${url}")`; }',
  font: '(url) => void new FontFace("leak", `url("${url}")`).load().catch(() => {})',
  script: element("script", "src"),
  "dynamic-import": "(url) => void import(url).catch(() => {})",
  iframe: element("iframe", "src"),
  object: element("object", "data"),
  embed: element("embed", "src"),
  form: `(url) => {
    const frame = Object.assign(document.createElement("iframe"), { name: "sink" });
    const form = Object.assign(document.createElement("form"), { action: url, method: "post", target: "sink" });
    document.body.append(frame, form);
    form.submit();
  }`,
  prefetch: link("prefetch"),
  preload: link("preload", "image"),
  modulepreload: link("modulepreload"),
  stylesheet: link("stylesheet"),
  icon: link("icon"),
  ping: `(url) => {
    const link = Object.assign(document.createElement("a"), { href: "#ping", ping: url });
    document.body.append(link);
    link.click();
  }`,
  worker: "(url) => new Worker(url)",
  "worker-of-a-blob": `(url) => {
    const script = new Blob(["fetch(" + JSON.stringify(url) + ").catch(() => {})"], { type: "text/javascript" });
    new Worker(URL.createObjectURL(script));
  }`,
};

/** Ways from a string to markup or code; each answers whether it worked. */
export const SINKS = {
  innerHTML: '() => { document.createElement("p").innerHTML = "<b>x</b>"; return true; }',
  outerHTML: '() => { document.body.appendChild(document.createElement("p")).outerHTML = "<b>x</b>"; return true; }',
  insertAdjacentHTML: '() => { document.body.insertAdjacentHTML("beforeend", "<b>x</b>"); return true; }',
  contextualFragment: '() => { document.createRange().createContextualFragment("<b>x</b>"); return true; }',
  DOMParser: '() => Boolean(new DOMParser().parseFromString("<b>x</b>", "text/html"))',
  srcdoc: '() => { document.createElement("iframe").srcdoc = "<b>x</b>"; return true; }',
  eval: '() => eval("1 + 1") === 2',
  Function: '() => new Function("return 1")() === 1',
  "inline-script": `() => {
    const script = document.createElement("script");
    script.text = "globalThis.inlineRan = true";
    document.body.append(script);
    return globalThis.inlineRan === true;
  }`,
  "inline-handler": `() => {
    const button = document.createElement("button");
    button.setAttribute("onclick", "globalThis.handlerRan = true");
    button.click();
    return globalThis.handlerRan === true;
  }`,
  "policy-of-the-pages-name": '() => Boolean(trustedTypes.createPolicy("why401-worker", { createScriptURL: (url) => url }))',
  "policy-of-ones-own": '() => Boolean(trustedTypes.createPolicy("mine", { createHTML: (text) => text }))',
};
