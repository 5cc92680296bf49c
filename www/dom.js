// Elements by hand: nothing here parses HTML, so the page runs under `trusted-types 'none'`.

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
