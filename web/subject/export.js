// The copy of all that is on record about somebody: what is in it, and where to fetch it.

import { ask, take } from "./link.js";
import * as parts from "./parts.js";
import { current, LANGUAGES, moment, preferred, say, size, speak } from "./words.js";
import { element } from "../element.js";

let copy; // what the API says of the file

async function start() {
  await parts.begin(preferred(), "export.name");
  if (!take()) return parts.noLink();
  await load();
}

async function load() {
  parts.busy();
  try {
    copy = await ask("export", current());
    page();
  } catch (error) {
    parts.failed(error, load);
  }
}

async function changeLanguage(code) {
  await speak(code);
  page();
}

const line = (words, value) => [element("dt", {}, words), element("dd", {}, value)];

// `words` tell what was just done, or why not.
function page(words = "", { failed = false } = {}) {
  parts.tools(Object.keys(LANGUAGES), changeLanguage);
  const counted = copy.pictures === 1 ? say("export.picture") : say("export.pictures", { n: copy.pictures });
  const said = words && element("p", {
    class: failed ? "notice" : "notice good", id: "said", tabindex: "-1", role: failed ? "alert" : "status",
  }, words);
  parts.show(say("export.name"), [
    element("div", { class: "column" },
      element("h1", {}, say("export.name")),
      said,
      element("p", { class: "lead" }, say("export.lead")),
      parts.card("file", say("export.file"),
        element("dl", { class: "facts" },
          ...line(say("export.made"), moment(copy.made_at)),
          ...line(say("export.holds"), `${counted}, ${size(copy.size)}`),
          ...line(say("export.until"), moment(copy.ends_at))),
        copy.left_out > 0 && element("p", { class: "soft" },
          say(copy.left_out === 1 ? "export.left_one" : "export.left_out", { n: copy.left_out })),
        parts.button(say("export.fetch"), fetchIt, { class: "main wide", id: "fetch" }),
        element("p", { class: "soft" }, say("export.private"))),
      element("details", {},
        element("summary", {}, say("export.same")),
        element("p", {}, say("export.same_more")),
        element("p", { class: "digest" }, element("code", {}, copy.sha256)))),
  ]);
  if (said) said.focus({ preventScroll: true });
}

// Each tap is an address of its own, for a minute; the file is saved, and never shown here.
async function fetchIt() {
  const fetching = document.getElementById("fetch");
  fetching.disabled = true;
  try {
    const given = await ask("export", current(), { confirm: true });
    const saved = element("a", { href: given.url, download: "", referrerpolicy: "no-referrer" });
    document.body.append(saved);
    saved.click();
    saved.remove();
    page(say("export.fetched"));
  } catch (error) {
    if (parts.isLinkGone(error)) return parts.noLink();
    page(parts.excuse(error), { failed: true });
  }
}

await start();
