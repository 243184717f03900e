// What somebody who received a picture is asked to remove, and that it is done.

import { ask, take } from "./link.js";
import * as parts from "./parts.js";
import { current, day, idOf, LANGUAGES, list, moment, name, preferred, say, speak } from "./words.js";
import { element } from "../element.js";

let recall; // what the API says of it

async function start() {
  await parts.begin(preferred(), "recall.name");
  if (!take()) return parts.noLink();
  await load();
}

async function load() {
  parts.busy();
  try {
    recall = await ask("recall", current());
    page();
  } catch (error) {
    parts.failed(error, load);
  }
}

async function changeLanguage(code) {
  await speak(code);
  page();
}

const line = (words, value) => value ? [element("dt", {}, words), element("dd", {}, value)] : [];

// `words` tell what went wrong; what was done is what the page itself says then.
function page(words = "", options = {}) {
  parts.tools(Object.keys(LANGUAGES), changeLanguage);
  const state = idOf(recall.state);
  const asked = ["recall_open", "recall_unreachable"].includes(state);
  parts.show(say("recall.name"), [
    element("div", { class: "column" },
      element("h1", {}, say(`recall.${state}`)),
      words && parts.notice(words, { id: "said" }),
      element("p", { class: "lead" }, say(`recall.${state}_more`, { day: removedOn() })),
      parts.card("picture", say("recall.picture"),
        element("dl", { class: "facts" },
          ...line(say("recall.file"), recall.file_name),
          ...line(say("recall.number"), element("code", {}, recall.asset_id)),
          ...line(say("recall.uses"), list(recall.channels.map((each) => name("channel", each)))),
          ...line(say("recall.asked"), day(recall.asked_at)))),
      asked && parts.card("todo", say("recall.todo"),
        element("ol", {},
          element("li", {}, say("recall.todo_place")),
          element("li", {}, say("recall.todo_copies")),
          element("li", {}, say("recall.todo_tell"))),
        parts.button(say("recall.done"), removed, { class: "main wide", id: "removed" }),
        element("p", { class: "soft" }, say("recall.cannot"))),
      element("p", { class: "soft" }, say("recall.ends", { day: moment(recall.link_ends_at) }))),
  ], options);
}

const removedOn = () => recall.removed_at ? day(recall.removed_at) : "";

// Nothing is undone by this, so it is not asked twice; saying it again changes nothing.
async function removed() {
  const said = document.getElementById("removed");
  said.disabled = true;
  try {
    recall = await ask("recall", current(), { removed: true });
    page("", { focus: true });
  } catch (error) {
    if (parts.isLinkGone(error)) return parts.noLink();
    page(parts.excuse(error));
  }
}

await start();
