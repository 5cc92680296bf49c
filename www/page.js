// The page's script: everything that why401.html runs.
import "./why-401.js";
