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

const SVG = "http://www.w3.org/2000/svg";

/** A tree of the core's as nodes: `[tag, attributes, …children]` is an element, a string is text. */
export function drawn(tree, inSvg = false) {
  if (typeof tree === "string") return document.createTextNode(tree);
  const [tag, attributes, ...children] = tree;
  const ofSvg = inSvg || tag === "svg";
  const element = ofSvg ? document.createElementNS(SVG, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  for (const child of children) element.appendChild(drawn(child, ofSvg));
  return element;
}
