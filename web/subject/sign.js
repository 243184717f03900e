// The page on which somebody signs, or renews what they signed: no account, one link.

import { element } from "../element.js";
import { ask, ProblemError, settle, settled, take } from "./link.js";
import * as parts from "./parts.js";
import { form, nothing, said } from "./sign-form.js";
import { current, list, moment, name, preferred, say, speak, term } from "./words.js";

let asked; // what is asked of whoever holds the link
let filled = nothing();
let changing = false; // whether somebody who may renew wants to change something first

const isSession = () => asked.purpose === "session";
// A screen of this size is not a telephone: others sign on it next.
const isShared = () => isSession() && matchMedia("(min-width: 600px)").matches;

async function start() {
  await parts.begin(preferred(), "sign.name");
  const done = settled();
  if (done) return finished(done);
  if (!take()) return parts.noLink();
  await load();
}

async function load() {
  parts.busy();
  try {
    // Whoever was asked by name is shown the language in which they were asked; at a
    // session nobody is known, and the browser says which.
    asked = await ask("request", preferred());
    await speak(asked.language);
    page();
  } catch (error) {
    parts.failed(error, load);
  }
}

// The same in another language: what was filled in stays.
async function changeLanguage(code) {
  try {
    asked = await ask("request", code, { language: code });
    await speak(asked.language);
    page();
  } catch (error) {
    if (parts.isLinkGone(error)) parts.noLink();
    else parts.tell(parts.excuse(error));
  }
}

function page({ words = "", focus = false } = {}) {
  parts.tools(asked.languages, changeLanguage);
  filled.name ||= asked.name ?? "";
  if (asked.purpose === "renew" && !changing) return renewal();
  const fields = form(asked, filled, { sign: () => void sign(fields) });
  parts.show(asked.wording.title, [
    element("div", { class: "column" },
      element("h1", {}, asked.wording.title),
      words && parts.notice(words, { id: "said" }),
      element("p", { class: "lead" }, asked.wording.purpose),
      notice(), shown(), fields.node, ends()),
  ], { focus });
}

// First what matters most, always in sight; the rest is a tap away, on the same page.
function notice() {
  return element("section", { class: "card", id: "notice", "aria-labelledby": "notice-title" },
    element("h2", { id: "notice-title" }, say("sign.free")),
    element("p", {}, say("sign.free_more")),
    element("dl", { class: "facts" },
      fact("responsible", asked.wording.controller),
      asked.places.length ? fact("where", list(asked.places.map((each) => name("place", each)))) : null,
      asked.photographer ? fact("photographer", asked.photographer) : null),
    element("details", { id: "whole-notice" },
      element("summary", {}, say("sign.notice")),
      ...asked.wording.notice.map((words) => element("p", {}, words))));
}

const fact = (way, words) =>
  element("div", {}, element("dt", {}, say(`sign.${way}`)), element("dd", {}, words));

function shown() {
  const all = asked.pictures.length;
  if (!all) return null;
  return parts.card("shown", say("sign.pictures"),
    parts.pictures(asked.pictures, (place) => say("picture", { n: place + 1, all })));
}

const ends = () => element("p", { class: "soft" }, say("sign.ends", { day: moment(asked.ends_at) }));

async function sign(fields) {
  fields.fail("");
  if (fields.wrong()) return;
  fields.wait(true);
  try {
    const order = fields.order();
    const made = await ask("sign", current(), order);
    after({ page_url: made.page_url, copy_to: made.copy_to, yes: said(asked, filled) });
  } catch (error) {
    await refused(error, fields);
  }
}

async function refused(error, fields) {
  if (parts.isLinkGone(error)) return parts.noLink();
  if (error instanceof ProblemError && error.code === "wording_changed") {
    return readAgain("sign.changed");
  }
  fields.wait(false);
  const wrong = error instanceof ProblemError ? fieldsOf(error) : [];
  if (!fields.point(wrong)) fields.fail(parts.excuse(error));
}

// Show the text as it is now; nobody signs what they have not seen.
async function readAgain(way) {
  try {
    asked = await ask("request", current(), { language: asked.language });
    const offered = new Set(asked.channels.map((each) => each.id));
    filled.channels = new Set([...filled.channels].filter((id) => offered.has(id)));
    filled.portrait &&= Boolean(asked.portrait_months);
    filled.biometric &&= Boolean(asked.biometric_months);
    page({ words: say(way), focus: true });
  } catch (error) {
    parts.failed(error, load);
  }
}

// What the API finds wrong, at the field where it was filled in.
const REFUSED = {
  name_not_valid: "name", email_not_valid: "email", country_not_valid: "country",
  birth_date_missing: "birth_date", birth_date_not_valid: "birth_date",
  guardian_not_needed: "of_age", guardian_needed: "who", signature_not_valid: "mark",
};

function fieldsOf({ errors, refusal }) {
  const named = ({ where }) => (where.includes("guardian") && where.at(-1) === "name" ? "guardian_name" : where.at(-1));
  const last = REFUSED[refusal?.id] ?? errors.map(named).find((each) => AT[each]);
  const at = last && AT[last]();
  // A field that is not on the page now cannot be pointed at.
  return at && document.getElementById(at[0])?.offsetParent ? [at] : [];
}

const AT = {
  name: () => ["name", say(`error.${filled.who === "child" ? "child_name" : "your_name"}`)],
  guardian_name: () => ["guardian_name", say("error.guardian_name")],
  email: () => ["email", say("error.email")],
  country: () => ["who", say("error.country")],
  birth_date: () => ["birth_date", say("error.birth_date")],
  of_age: () => ["birth_date", say("error.of_age", { age: asked.ages[filled.country] })],
  who: () => ["who", say("error.who")],
  mark: () => (filled.way === "typed" ? ["mark", say("error.typed")] : ["pad", say("error.drawn")]),
};

function after(done) {
  if (!isSession()) {
    // A link that goes by mail is not left behind where a stranger may sign next.
    const kept = done.copy_to === "mail" ? null : done.page_url;
    settle({ done: { ...done, page_url: kept, language: current() } });
    return thanks(done);
  }
  const shared = isShared();
  filled = nothing(); // of this person nothing is kept
  thanks(done, { shared });
}

// The same after a reload: the link was used up, so what came of it stands in its place.
async function finished(done) {
  if (done.language) await speak(done.language);
  thanks(done);
}

function thanks({ page_url: url, copy_to: copyTo, yes, renewed }, { shared = false } = {}) {
  parts.tools([]); // what was agreed to is told in the language of what was signed
  const toMail = copyTo === "mail";
  const again = asked && isSession() && element("div", { class: "card" },
    element("p", {}, say("sign.next_more")),
    parts.button(say("sign.next"), () => page({ focus: true }), { class: shared ? "main wide" : "wide", id: "next" }));
  // On a shared screen whoever comes next would see the link; it is in the mail.
  const own = url && !(shared && toMail) && ownPage(url, { shared });
  const title = say(renewed ? "sign.renewed" : "sign.done");
  parts.show(title, [
    element("div", { class: "column", id: "done" },
      element("h1", {}, title),
      element("p", { class: "lead" }, yes.length ? `${say("sign.before")}: ${list(yes)}.` : say("sign.done_no")),
      element("p", {}, renewed ? say("sign.renewed_more") : say(toMail ? "sign.copy_mail" : "sign.copy_page")),
      own, again),
  ], { focus: true });
}

// The link is not followed on a shared screen: the page of one would be the next one's past.
function ownPage(url, { shared }) {
  const link = element("input", { type: "text", readonly: true, id: "page-url", value: url,
    "aria-label": say("sign.own_page"), focus: ({ target }) => target.select() });
  return parts.card("own", say("sign.own_page"),
    element("p", {}, say("sign.own_page_more")), link,
    element("div", { class: "buttons" },
      !shared && element("a", { class: "main", href: url, id: "open-page" }, say("sign.open")),
      parts.button(say("sign.copy"), () => void copy(url), { id: "copy" })));
}

async function copy(url) {
  try {
    await navigator.clipboard.writeText(url);
    parts.tell(say("sign.copied"));
    document.getElementById("copy").textContent = say("sign.copied");
  } catch {
    document.getElementById("page-url").focus();
    parts.tell(say("sign.not_copied"));
  }
}

// -- renewing --------------------------------------------------------------------------

function renewal() {
  const chosen = { ...asked.before, channels: new Set((asked.before?.channels ?? []).map((each) => each.id ?? each)) };
  const terms = asked.channels.filter((each) => chosen.channels.has(each.id)).map((each) =>
    element("li", {}, element("strong", {}, name("channel", each)), ` ${say("sign.term", { term: term(each.months) })}`));
  const others = said({ channels: [] }, chosen).map((words) => element("li", {}, element("strong", {}, words)));
  const all = [...terms, ...others];
  const failure = element("div", { id: "failure" });
  const submit = parts.button(say("sign.renew_yes"), () => void renew(submit, failure, said(asked, chosen)),
    { class: "main wide", id: "renew" });
  const change = parts.button(say("sign.renew_change"), () => { changing = true; page({ focus: true }); }, { id: "change" });
  parts.show(say("sign.renew"), [
    element("div", { class: "column" },
      element("h1", {}, say("sign.renew")),
      element("p", { class: "lead" }, say("sign.renew_more")),
      parts.card("before", say("sign.before"),
        all.length ? element("ul", { class: "ticked" }, ...all) : element("p", {}, say("sign.before_none")),
        failure, submit, change),
      element("p", {}, asked.wording.purpose),
      notice(), shown(), ends()),
  ]);
}

async function renew(submit, failure, yes) {
  submit.disabled = true;
  submit.textContent = say("sign.renewing");
  try {
    const made = await ask("renew", current());
    settle({ done: { renewed: true, page_url: made.page_url ?? null, copy_to: "mail", yes, language: current() } });
    await finished(settled());
  } catch (error) {
    if (parts.isLinkGone(error)) return parts.noLink();
    // Other words, or somebody who is of age by now: it is read and signed anew.
    const anew = { wording_changed: "sign.renew_changed", not_signable: "sign.renew_anew" }[error.code];
    if (anew) {
      changing = true;
      return readAgain(anew);
    }
    submit.disabled = false;
    submit.textContent = say("sign.renew_yes");
    failure.replaceChildren(parts.notice(parts.excuse(error)));
  }
}

// A page that comes back from the browser's memory on a shared screen shows nobody's words.
addEventListener("pageshow", (event) => { if (event.persisted && asked && isSession()) location.reload(); });

await start();
