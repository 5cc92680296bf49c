// Every function that the wasm module may call, and why. Texts go in; texts and elements come out. With
// those of the document it makes elements, and src/web/dom.rs makes none that loads, runs or leads away.
export const IMPORTS = {
  __wbg___wbindgen_throw: "wasm-bindgen's own: tells JavaScript of an internal error",
  __wbindgen_init_externref_table: "wasm-bindgen's own: the table of references to JavaScript",
  __wbg_createElement: "web-sys: an element of the report",
  __wbg_createElementNS: "web-sys: the same for its drawings, which are SVG",
  __wbg_setAttribute: "web-sys: its attributes, each held against a list",
  __wbg_append: "web-sys: what is in it, a text as a text node",
  __wbg_parse: "js-sys: JSON.parse, of what the page is told and of what a worker drew",
  __wbg_isArray: "js-sys: an element in what a worker drew",
  __wbg_length: "js-sys: how much is in it",
  __wbg_get: "js-sys: what is in it",
  __wbg_instanceof_Object: "js-sys: whether its attributes are there",
  __wbg_entries: "js-sys: Object.entries, those attributes",
  __wbg___wbindgen_is_string: "wasm-bindgen's own: whether a part of it is a text",
  __wbg___wbindgen_string_get: "wasm-bindgen's own: that text",
  __wbg_of: "js-sys: Array.of, the element beside what the page is told",
  __wbg_set: "js-sys: the element in place of what a worker drew",
  __wbg_new: "js-sys: new Error, the words for what cannot be drawn",
};
