// Elements by hand: nothing here parses HTML, so the page runs under a policy that lets nothing do so.

/**
 * Makes an element. Attributes with the value `true` are set empty, those with `false` left out;
 * functions become listeners (`onclick`). Children are nodes or texts.
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/** A text of somebody else's with what cannot be seen, or turns what can, made visible. */
export function visible(text) {
  const mark = (char) => `‹U+${char.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}›`;
  return text.replace(/[\p{C}\p{Zl}\p{Zp}\u{34F}\u{115F}\u{1160}\u{3164}\u{FFA0}\u{FE00}-\u{FE0F}]/gu, mark);
}
