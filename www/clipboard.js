// Copying: exactly the text that is shown, only on a click.

/** Copies a text; false when the browser refuses. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** The older way, for pages opened from disk in browsers that give them no clipboard. */
function copyBySelection(text) {
  const hold = (event) => {
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
  };
  document.addEventListener("copy", hold, { once: true, capture: true });
  const done = document.execCommand("copy");
  document.removeEventListener("copy", hold, { capture: true });
  return done;
}

/** Says on the button what happened, for as long as it takes to read it. */
export function answer(button, done) {
  button.dataset.copied = done ? "Copied" : "Not allowed";
  setTimeout(() => delete button.dataset.copied, 1600);
}
