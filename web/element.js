// Elements and text alone: nothing that came from anywhere is ever read as HTML (and the
// policy of the site forbids it).

const SVG = "http://www.w3.org/2000/svg";

// Make an element; a function among the attributes listens, false and null are left out.
export function element(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

export function drawn(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

function filled(made, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value !== false && value != null) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((each) => each != null && each !== false));
  return made;
}

// A frame with somebody in it, for a picture that is not shown.
export function glyph() {
  return drawn("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" },
    drawn("path", {
      d: "M4 4h16v16H4zM12 8a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5zM7 20c0-3 2-5 5-5s5 2 5 5",
      fill: "none", stroke: "currentColor", "stroke-width": "1.5",
    }));
}
