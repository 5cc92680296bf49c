// The page around the element: paste and drop anywhere, Esc, the theme, the iframe form.
import { reportHeight, start } from "./frame.js";
import "./why-401.js";
import { scripts } from "./worker.js";

const element = document.querySelector("why-401");
const theme = document.querySelector("#theme");

// Before any other script could claim its name.
scripts();
start(element);
reportHeight();
element.warm();

document.addEventListener("paste", (event) => {
  if (event.composedPath()[0].closest?.("input, textarea, select")) return;
  const text = event.clipboardData.getData("text/plain");
  if (!text) return;
  event.preventDefault();
  element.paste(text);
});
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  if (!event.defaultPrevented) element.drop(event);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented && !event.isComposing) element.clear();
});

theme.hidden = false;
theme.addEventListener("change", () => element.setAttribute("theme", theme.value));
theme.value = element.getAttribute("theme") ?? "system";
