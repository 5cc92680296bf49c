// Every function that the wasm module may call, and why. None of them reaches the network, a store,
// the clock or the clipboard, none navigates, none takes markup.
export const IMPORTS = {
  __wbindgen_init_externref_table: "wasm-bindgen's bookkeeping",
};
