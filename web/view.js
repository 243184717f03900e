// What is on the page of whoever works with the pictures.

import { element, glyph } from "./element.js";
import { current, LANGUAGES, say, told } from "./words.js";

const button = (words, click, more = {}) => element("button", { type: "button", click, ...more }, words);

export function tools({ languageChosen, signedOut }) {
  const choices = Object.entries(LANGUAGES).map(([code, name]) =>
    button(name, () => languageChosen(code), {
      lang: code, "aria-pressed": String(code === current()),
    }));
  const group = element("div", { class: "languages", role: "group", "aria-label": say("language") }, ...choices);
  return [group, signedOut && button(say("sign_out"), signedOut, { id: "sign-out" })].filter(Boolean);
}

export const notice = (words) => element("p", { class: "notice", role: "alert" }, words);

export function welcome({ message, signIn }) {
  return element("section", { class: "hello" },
    element("h1", {}, say("title")),
    message && notice(message),
    element("p", { class: "lead" }, say("lead")),
    button(say("sign_in"), signIn, { class: "main", id: "sign-in" }),
    element("p", { class: "soft" }, say("second_factor")));
}

export const waiting = () => element("p", { class: "lead" }, say("signing_in"));

// Who they are stands beside the pictures; what they may do comes below both.
export function desk({ me, address, pictures: section }) {
  return [
    element("h1", {}, say("welcome")),
    element("div", { class: "pair" }, who(me, address), section),
    may(me),
  ];
}

function who(me, address) {
  const roles = me.roles.map((role) =>
    element("li", {}, element("strong", {}, say(`role.${role}`)), told(role)));
  return card("who",
    element("dl", { class: "facts" },
      element("div", {}, element("dt", {}, say("address")), element("dd", { id: "address" }, address)),
      element("div", {}, element("dt", {}, say("roles")),
        element("dd", {}, roles.length
          ? element("ul", { class: "roles", id: "roles" }, ...roles)
          : element("p", { id: "no-roles" }, say("no_roles"))))));
}

function may(me) {
  if (!me.affordances.length) return card("may", element("p", {}, say("may_nothing")));
  const groups = Map.groupBy(me.affordances, (operation) => operation.split(":")[0]);
  const lists = [...groups].map(([subject, operations]) =>
    element("section", {},
      element("h3", {}, say(`subject.${subject}`)),
      element("ul", {}, ...operations.map((each) => element("li", {}, told(each))))));
  return card("may", element("div", { class: "groups", id: "may" }, ...lists));
}

export function pictures({ allowed }) {
  const list = element("ul", { class: "pictures", id: "pictures" });
  const under = element("p", { class: "soft", id: "pictures-note" }, allowed ? "" : say("not_for_you"));
  return { section: card("pictures", list, under), list, under };
}

export function picture(item) {
  const frame = element("div", { class: "frame" }, glyph());
  const name = item.title ?? item.file_name ?? say("untitled");
  const row = element("li", { class: "picture" }, frame,
    element("div", { class: "told" },
      element("h3", {}, name),
      element("span", { class: `status ${item.status}` }, say(`status.${item.status}`))));
  const show = (url) => frame.replaceChildren(
    element("img", { src: url, alt: name, loading: "lazy", referrerpolicy: "no-referrer" }));
  return { row, show };
}

export const more = (click) => button(say("more"), click, { id: "more" });

function card(words, ...children) {
  const id = `about-${words}`;
  return element("section", { class: "card", "aria-labelledby": id },
    element("h2", { id }, say(words)), ...children);
}
