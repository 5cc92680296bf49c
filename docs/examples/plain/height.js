// Makes the iframe as tall as the page in it says.
const frame = document.querySelector("iframe[title=why401]");
addEventListener("message", ({ source, data }) => {
  if (source === frame.contentWindow && data?.type === "why401:height") frame.style.height = `${data.height}px`;
});
