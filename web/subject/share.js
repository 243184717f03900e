// Pictures that somebody outside may see, or fetch, for as long as each of them may be.

import { ask, take } from "./link.js";
import * as parts from "./parts.js";
import { current, LANGUAGES, moment, name, preferred, say, speak } from "./words.js";
import { element } from "../element.js";

const AT_ONCE = 3; // each picture is decided on by itself, and perhaps covered first

let share; // what the API says of it
let leave = null; // what a right password was answered with; kept nowhere else

async function start() {
  await parts.begin(preferred(), "share.name");
  if (!take()) return parts.noLink();
  await load();
}

async function load() {
  parts.busy();
  try {
    await open({});
  } catch (error) {
    parts.failed(error, load);
  }
}

// `given` is a password; without the right one there is a form to type it in.
async function open(given) {
  try {
    share = await ask("share", current(), { ...given, ...(leave && { leave }) });
    leave = share.leave;
    page();
  } catch (error) {
    if (!error.reason?.startsWith("share_password")) throw error;
    leave = null;
    form(error.reason === "share_password_wrong" ? say("share.share_password_wrong") : "");
  }
}

async function changeLanguage(code) {
  await speak(code);
  if (share) page();
  else form();
}

function form(words = "") {
  parts.tools(Object.keys(LANGUAGES), changeLanguage);
  const typed = element("input", {
    type: "password", id: "password", required: true, maxlength: 128, autocomplete: "off",
    "aria-describedby": "password-more",
  });
  parts.show(say("share.name"), [
    element("form", { class: "column", submit: (event) => { event.preventDefault(); void enter(typed.value); } },
      element("h1", {}, say("share.name")),
      words && parts.notice(words, { id: "said" }),
      element("div", { class: "field" },
        element("label", { for: "password" }, say("share.password")), typed,
        element("p", { class: "soft", id: "password-more" }, say("share.password_more"))),
      element("button", { class: "main wide", id: "open" }, say("share.open"))),
  ]);
  typed.focus();
}

async function enter(password) {
  document.getElementById("open").disabled = true;
  try {
    await open({ password });
  } catch (error) {
    if (parts.isLinkGone(error)) return parts.noLink();
    form(parts.excuse(error));
  }
}

const line = (words, value) => [element("dt", {}, words), element("dd", {}, value)];

function page() {
  parts.tools(Object.keys(LANGUAGES), changeLanguage);
  const places = share.asset_ids.map((asset_id, at) => ({
    asset_id, words: say("share.picture", { n: at + 1 }), item: element("li", { class: "picture" }),
  }));
  parts.show(say("share.name"), [
    element("div", { class: "column" },
      element("h1", {}, say("share.name")),
      element("p", { class: "lead" }, say("share.lead")),
      element("dl", { class: "facts" },
        ...line(say("share.use"), name("channel", share.channel)),
        ...line(say("share.until"), moment(share.ends_at)),
        ...(share.left === null ? [] : line(say("share.left"), String(share.left)))),
      element("p", { class: "soft" }, say("share.duty"))),
    element("ul", { class: "pictures large" }, ...places.map((each) => each.item)),
  ]);
  const waiting = [...places];
  for (let i = 0; i < AT_ONCE; i += 1) void fill(waiting);
}

async function fill(waiting) {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    try {
      const seen = await ask("share/picture", current(), { asset_id: next.asset_id, ...(leave && { leave }) });
      next.item.replaceChildren(...shown(next, seen));
    } catch (error) {
      if (parts.isLinkGone(error)) return parts.noLink();
      next.item.replaceChildren(parts.frame(null, next.words), parts.notice(parts.excuse(error)));
    }
  }
}

function shown(place, seen) {
  const said = seen.url ? (seen.masked ? say("share.covered") : "") : say("share.gone");
  const told = [
    ...(said ? [element("p", { class: "soft" }, said)] : []),
    ...(seen.url && share.can_fetch
      ? [parts.button(`${say("share.fetch")}: ${place.words}`, (event) => fetchIt(place, event.currentTarget))]
      : []),
  ];
  return [
    parts.frame(seen.url, place.words),
    ...(told.length ? [element("div", { class: "told" }, ...told)] : []),
  ];
}

// Each tap is an address of its own, for a minute; it is counted, and on record.
async function fetchIt(place, button) {
  button.disabled = true;
  try {
    const given = await ask("share/download", current(), { asset_id: place.asset_id, ...(leave && { leave }) });
    const saved = element("a", { href: given.url, download: given.file_name, referrerpolicy: "no-referrer" });
    document.body.append(saved);
    saved.click();
    saved.remove();
    parts.tell(say("share.fetched"));
  } catch (error) {
    if (parts.isLinkGone(error)) return parts.noLink();
    (place.item.querySelector(".told") ?? place.item).append(parts.notice(error.reason ? say(`share.${error.reason}`) : parts.excuse(error)));
  }
  button.disabled = false;
}

await start();
