// Drawing a signature: what is seen while drawing is the very path that is sent.

import { drawn, element } from "../element.js";
import { say } from "./words.js";

const WIDTH = 600;
const HEIGHT = 200;
const APART = 3; // points nearer to each other than this add bytes and no shape
const MOST = 18_000; // bytes of a path; the API takes 20 kB

// A pad to draw on; `mark()` is the path, or null when next to nothing was drawn.
export function pad({ strokes = [], changed }) {
  const path = drawn("path", { fill: "none", stroke: "currentColor", "stroke-width": "4",
    "stroke-linecap": "round", "stroke-linejoin": "round" });
  const ground = drawn("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "pad", id: "pad",
    role: "img", "aria-label": say("sign.drawn") },
    drawn("path", { d: `M40 ${HEIGHT - 45}L${WIDTH - 40} ${HEIGHT - 45}`, class: "line" }), path);
  let stroke = null;
  let size = 0;

  const redraw = () => {
    const d = pathOf(strokes);
    size = d.length;
    path.setAttribute("d", d);
    changed?.(strokes);
  };
  const point = (event) => {
    const { left, top, width, height } = ground.getBoundingClientRect();
    const within = (value, most) => Math.min(most, Math.max(0, Math.round(value)));
    return [
      within((event.clientX - left) * WIDTH / width, WIDTH),
      within((event.clientY - top) * HEIGHT / height, HEIGHT),
    ];
  };
  const add = (event) => {
    const [x, y] = point(event);
    const [atX, atY] = stroke.at(-1);
    if (Math.hypot(x - atX, y - atY) >= APART && size < MOST) stroke.push([x, y]);
  };
  ground.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button > 0 || size >= MOST) return;
    event.preventDefault();
    ground.setPointerCapture(event.pointerId);
    stroke = [point(event)];
    strokes.push(stroke);
    redraw();
  });
  ground.addEventListener("pointermove", (event) => {
    if (!stroke || !event.isPrimary) return;
    const all = event.getCoalescedEvents?.() ?? [];
    for (const each of all.length ? all : [event]) add(each);
    redraw();
  });
  const end = () => { stroke = null; };
  ground.addEventListener("pointerup", end);
  ground.addEventListener("pointercancel", end);
  redraw();

  const clear = element("button", { type: "button", id: "clear", click: () => {
    strokes.length = 0;
    redraw();
  } }, say("sign.clear"));
  return {
    node: element("div", { class: "drawing" }, ground, clear),
    mark: () => (strokes.flat().length < 4 ? null : pathOf(strokes)),
  };
}

// Moves and lines between whole numbers, and nothing else; a dot is a line to itself.
function pathOf(strokes) {
  return strokes.map((points) => {
    const [first, ...rest] = points.length > 1 ? points : [points[0], points[0]];
    return `M${first.join(" ")}${rest.map((each) => `L${each.join(" ")}`).join("")}`;
  }).join("");
}
