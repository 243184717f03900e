// What both pages are made of.

import { element, glyph } from "../element.js";
import { OfflineError, ProblemError } from "./link.js";
import { current, LANGUAGES, languageName, say, speak } from "./words.js";

const content = document.getElementById("content");
const aloud = document.getElementById("aloud");

// Put these on the page; `focus` moves a reader to the heading of what is new.
export function show(title, children, { focus = false } = {}) {
  document.title = title;
  content.replaceChildren(...children.filter(Boolean));
  content.removeAttribute("aria-busy");
  const skip = document.getElementById("skip");
  skip.textContent = say("skip");
  // What stands behind the # is a token and nothing else.
  skip.onclick = (event) => { event.preventDefault(); content.focus(); };
  if (focus) {
    const heading = content.querySelector("h1");
    heading.tabIndex = -1;
    heading.focus();
    scrollTo(0, 0);
  }
}

export const tell = (words) => { aloud.textContent = words; };

export function busy() {
  content.setAttribute("aria-busy", "true");
  show(document.title, [element("p", { class: "lead", id: "loading" }, say("loading"))]);
  content.setAttribute("aria-busy", "true");
}

// The languages there are, to choose from at the top.
export function tools(codes, chosen) {
  const ours = Object.keys(LANGUAGES);
  const order = [...ours.filter((code) => codes.includes(code)), ...codes.filter((code) => !ours.includes(code))];
  const buttons = order.map((code) => element("button", {
    type: "button", lang: code in LANGUAGES ? code : null,
    "aria-pressed": String(code === current()), "data-language": code,
    click: async () => {
      await chosen(code);
      document.querySelector(`[data-language="${code}"]`)?.focus();
    },
  }, code.toUpperCase(), element("span", { class: "unseen" }, ` ${languageName(code)}`)));
  document.getElementById("tools").replaceChildren(codes.length < 2 ? "" :
    element("div", { class: "languages", role: "group", "aria-label": say("language") }, ...buttons));
}

export const button = (words, click, more = {}) =>
  element("button", { type: "button", click, ...more }, words);

export const notice = (words, more = {}) =>
  element("p", { class: "notice", role: "alert", ...more }, words);

export function card(id, title, ...children) {
  return element("section", { class: "card", id, "aria-labelledby": `${id}-title` },
    element("h2", { id: `${id}-title` }, title), ...children);
}

// One choice: a name, a sentence about it, and a switch that is off unless it was set.
export function choice({ id, name, about, on = false, change = null, value = null }) {
  const box = element("input", {
    type: "checkbox", role: "switch", id, value, change,
    "aria-labelledby": `${id}-name`, "aria-describedby": about ? `${id}-about` : null,
  });
  box.checked = on;
  return element("label", { class: "choice", for: id },
    element("span", { class: "words" },
      element("span", { class: "name", id: `${id}-name` }, name),
      about && element("span", { class: "soft", id: `${id}-about` }, about)),
    box);
}

export function pictures(urls, describe) {
  return element("ul", { class: "pictures" }, ...urls.map((url, place) =>
    element("li", { class: "picture" }, frame(url, describe(place)))));
}

// A picture; one that may not be shown, or no longer, is an empty frame.
export function frame(url, words) {
  const made = element("div", { class: "frame" });
  const empty = () => made.replaceChildren(glyph());
  if (!url) empty();
  else {
    made.append(element("img", {
      src: url, alt: words, loading: "lazy", referrerpolicy: "no-referrer", error: empty,
    }));
  }
  return made;
}

// Ask once more before something that matters; resolves to null, or to what was said with
// the yes: `note` is what may be written along, `needed` whether it has to be.
export function confirm({ title, body, yes, note = null, needed = false }) {
  const text = note && element("textarea", { id: "note", rows: 4, maxlength: 2000, required: needed });
  const dialog = element("dialog", { "aria-labelledby": "asked-title", "aria-describedby": "asked-body" },
    element("form", { method: "dialog" },
      element("h2", { id: "asked-title" }, title),
      element("p", { id: "asked-body" }, body),
      text && element("div", { class: "field" }, element("label", { for: "note" }, note), text),
      element("div", { class: "buttons" },
        element("button", { class: "main", value: "yes" }, yes),
        element("button", { value: "no", formnovalidate: true }, say("cancel")))));
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      const details = text?.value.trim();
      resolve(dialog.returnValue === "yes" ? { ...(details && { details }) } : null);
    });
  });
}

// What went wrong, in a sentence that says what to do.
export function excuse(error) {
  if (error instanceof OfflineError) return say("offline");
  if (!(error instanceof ProblemError)) throw error;
  // What has no place on the page is said by the API itself, in the two languages it has.
  if (error.refusal && ["nl", "en"].includes(current())) return error.refusal.words;
  const known = { too_many_requests: "often", invalid_request: "invalid", not_signable: "invalid" };
  return say(known[error.code] ?? "problem");
}

export const isLinkGone = (error) => error instanceof ProblemError && error.code === "link_not_valid";

export function noLink() {
  show(say("no_link"), [
    element("section", { class: "hello" },
      element("h1", {}, say("no_link")),
      element("p", { class: "lead" }, say("no_link_more"))),
  ], { focus: true });
}

// Nothing could be shown at all: say why, and offer to try again (by itself, once online).
export function failed(error, again, words = null) {
  if (isLinkGone(error)) return noLink();
  const why = excuse(error);
  const retry = () => { removeEventListener("online", retry); void again(); };
  addEventListener("online", retry);
  show(document.title, [
    element("section", { class: "hello" },
      notice(words ?? why),
      button(say("again"), retry, { class: "main", id: "again" })),
  ]);
}

// Begin: in a language of ours, until it is known which is wanted.
export async function begin(language, name) {
  await speak(language);
  document.title = say(name);
  busy();
}
