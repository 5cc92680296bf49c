export default {
  title: "Runbooks",
  // A path and nothing more: the files that are copied into public/ lie beside the pages.
  head: [["script", { type: "module", src: "/why-401.js" }]],
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag === "why-401" } } },
};
