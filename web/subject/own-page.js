// Somebody's own page: what they agreed to, where they are seen, and what they can change.

import { ask, ProblemError, take } from "./link.js";
import { sections } from "./own-view.js";
import * as parts from "./parts.js";
import { current, LANGUAGES, moment, preferred, say, speak } from "./words.js";
import { element } from "../element.js";

const ENDINGS = { "application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png" };

let mine; // what the API says of whoever holds the link

async function start() {
  await parts.begin(preferred(), "own.name");
  if (!take()) return parts.noLink();
  await load();
}

async function load() {
  parts.busy();
  try {
    await look();
    page();
  } catch (error) {
    parts.failed(error, load);
  }
}

const look = async () => { mine = await ask("page", current()); };

async function changeLanguage(code) {
  await speak(code);
  try {
    await look();
  } catch (error) {
    if (parts.isLinkGone(error)) return parts.noLink();
    parts.tell(parts.excuse(error));
  }
  page();
}

// `words` tell what was just done, or why not; a reader is brought there.
function page(words = "", { failed = false } = {}) {
  parts.tools(Object.keys(LANGUAGES), changeLanguage);
  const title = mine.name ? say("own.hello", { name: mine.name }) : say("own.name");
  const said = words && element("p", {
    class: failed ? "notice" : "notice good", id: "said", tabindex: "-1", role: failed ? "alert" : "status",
  }, words);
  parts.show(say("own.name"), [
    element("div", { class: "column wider" },
      element("h1", {}, title),
      said,
      element("p", { class: "lead" }, say("own.lead")),
      ...sections(mine, acts),
      element("p", { class: "soft" }, say("own.ends", { day: moment(mine.link_ends_at) }))),
  ]);
  if (said) {
    said.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}

// Do something, and then show what is on record: never what we think became of it.
async function act(done, ...steps) {
  let made = 0;
  try {
    for (const step of steps) {
      await step();
      made += 1;
    }
  } catch (error) {
    if (parts.isLinkGone(error)) return parts.noLink();
    // Some of it may count: what is shown is asked for anew, where that is possible.
    if (made) await look().catch(() => {});
    return page(made ? say("own.half") : why(error), { failed: true });
  }
  try {
    await look();
    page(done);
  } catch (error) {
    parts.failed(error, load, say("own.unseen"));
  }
}

function why(error) {
  const anew = error instanceof ProblemError && ["wording_changed", "not_signable"].includes(error.code);
  return anew ? say("own.renew_changed") : parts.excuse(error);
}

const acts = {
  // What was taken back goes first: that must count, whatever becomes of the rest.
  change: ({ off, change }) => act(say("own.saved"),
    ...(off.length ? [() => ask("withdraw", current(), { grant_ids: off })] : []),
    ...(change ? [() => ask("change", current(), change)] : [])),
  withdrawAll: () => sure("all", () => ask("withdraw", current(), { all: true })),
  renew: (id) => act(say("own.renewed"), () => ask("renew", current(), { quitclaim_id: id })),
  object: () => sure("object", (said) => ask("object", current(), said), { note: say("own.why") }),
  restrict: () => sure("restrict", right("restriction"), { note: say("own.why") }),
  correct: () => sure("correct", right("rectification"), { note: say("own.wrong"), needed: true }),
  notMe: (id) => sure("not_me", right("rectification", { asset_id: id }), { note: say("own.why") }),
  export: () => sure("export", right("export")),
  erasure: () => sure("erasure", right("erasure")),
  download,
};

const right = (kind, about = {}) => (said) => ask("ask", current(), { kind, ...about, ...said });

async function sure(what, doing, more = {}) {
  const isAll = what === "all";
  const said = await parts.confirm({
    title: say(`own.${what}_ask`),
    body: say(isAll ? "own.all_more" : `own.${what}_body`),
    yes: say(`own.${what}_yes`),
    ...more,
  });
  if (said) await act(say(`own.${what}_done`), () => doing(said));
}

// The copy comes in the answer itself: an address of it would work for whoever had it.
async function download(id, day) {
  try {
    const { content, media_type: type } = await ask("document", current(), {
      quitclaim_id: id,
    });
    const bytes = Uint8Array.from(atob(content), (each) => each.charCodeAt(0));
    const url = URL.createObjectURL(new Blob([bytes], { type }));
    const link = element("a", { href: url, download: `${day}${ENDINGS[type] ?? ""}` });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  } catch (error) {
    if (parts.isLinkGone(error)) return parts.noLink();
    const early = error instanceof ProblemError && error.code === "not_found";
    page(early ? say("own.copy_none") : parts.excuse(error), { failed: true });
  }
}

await start();
