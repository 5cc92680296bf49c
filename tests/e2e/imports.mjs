// Every function that the wasm module may call, and why. None of them reaches the network, a store,
// the clock or the clipboard, none navigates, none takes markup.
export const IMPORTS = {
  __wbg___wbindgen_throw: "wasm-bindgen's own: tells JavaScript of an internal error",
  __wbg_appendChild: "puts a node below another that was made here",
  __wbg_createElement: "makes an element; its tag is a constant of the view",
  __wbg_createElementNS: "the same for SVG",
  __wbg_createTextNode: "makes text; pasted text becomes nothing else",
  __wbg_ownerDocument: "finds the document that the element given by the page is in",
  __wbg_replaceChildren: "swaps the old report for the new one at once",
  __wbg_setAttribute: "sets an attribute; its name is a constant of the view",
  __wbindgen_init_externref_table: "wasm-bindgen's own: the table of references to JavaScript",
};
