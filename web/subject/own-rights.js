// What somebody may ask for themselves, and what they asked.

import { element } from "../element.js";
import { button, card } from "./parts.js";
import { day, idOf, say } from "./words.js";

// By what stands on the page: what the API calls it. Of corrections there can be several.
const RIGHTS = {
  object: "objection", restrict: "restriction", correct: "rectification", export: "export", erasure: "erasure",
};

const waits = (each) => idOf(each.state) === "received";
const freezes = (each) => ["objection", "restriction"].includes(idOf(each.kind)) && idOf(each.state) === "upheld" && !each.lifts_from;

// Whether somebody said already that they are not in this picture, and nobody decided yet.
export const isDoubted = (mine, assetId) =>
  mine.requests.some((each) => waits(each) && each.asset_id === assetId);

export function rights(mine, acts) {
  const there = new Set(mine.requests.filter((each) => waits(each) || freezes(each)).map((each) => idOf(each.kind)));
  there.delete(RIGHTS.correct);
  const rows = Object.entries(RIGHTS).filter(([, kind]) => !there.has(kind)).map(([what]) => row(what, acts));
  return card("rights", say("own.rights"),
    element("ul", { class: "rows" }, ...rows),
    mine.requests.length ? element("h3", {}, say("own.requests")) : null,
    mine.requests.length ? element("ul", { class: "asked", id: "asked" }, ...mine.requests.map(asked)) : null);
}

function row(what, acts) {
  const itself = ["object", "restrict", "correct"].includes(what);
  const words = say(itself ? `own.${what}` : "own.ask");
  return element("li", { class: "right" },
    element("div", {},
      element("h3", {}, say(`own.${what}`)),
      element("p", { class: "soft" }, say(`own.${what}_more`))),
    button(words, () => void acts[what](), { id: `ask-${what}`, "aria-label": itself ? null : `${words}: ${say(`own.${what}`)}` }));
}

function asked(each) {
  const said = { day: day(each.asked_at), due: day(each.last_day) };
  const open = waits(each);
  return element("li", {},
    element("strong", {}, say(`own.kind.${idOf(each.kind)}`)),
    element("span", { class: "status" }, say(`own.request_state.${idOf(each.state)}`)),
    element("p", { class: "soft" }, say(open ? each.extended ? "own.asked_longer" : "own.asked" : "own.asked_on", said)),
    each.lifts_from && element("p", { class: "soft" }, say("own.lifted", { day: day(each.lifts_from) })));
}
