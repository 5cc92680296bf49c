// Every function that the wasm module may call, and why. None of them reaches anything: texts go in
// and texts come out.
export const IMPORTS = {
  __wbg___wbindgen_throw: "wasm-bindgen's own: tells JavaScript of an internal error",
  __wbindgen_init_externref_table: "wasm-bindgen's own: the table of references to JavaScript",
};
