// What is on the page, made of elements and text alone: nothing that came from anywhere is
// ever read as HTML (and the policy of the page forbids it).

import { current, LANGUAGES, say, told } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value !== false && value != null) made.setAttribute(key, value);
  }
  made.append(...children.filter((each) => each != null));
  return made;
}

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

// A frame with somebody in it, for a picture that is not shown.
function glyph() {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", "M4 4h16v16H4zM12 8a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5zM7 20c0-3 2-5 5-5s5 2 5 5");
  path.setAttribute("fill", "none");
  path.setAttribute("stroke", "currentColor");
  path.setAttribute("stroke-width", "1.5");
  svg.append(path);
  return svg;
}
