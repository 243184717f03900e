// What is filled in on the page to sign: three choices, who it is about, a signature.
//
// `filled` is kept apart from the elements, so that another language, or a newer text,
// loses nothing of it.

import { element } from "../element.js";
import { button, card, choice } from "./parts.js";
import { pad } from "./signature.js";
import { idOf, list, name, say, sortedCountries, term, told } from "./words.js";

// Nothing is chosen beforehand.
export const nothing = () => ({
  channels: new Set(), portrait: false, biometric: false, who: null, name: "", guardian: "",
  relation: null, birth: "", country: null, email: "", way: "typed", mark: "", strokes: [],
  attempt: random(), // the same when it is sent again: at a session it then counts once
});

const random = () => [...crypto.getRandomValues(new Uint8Array(16))]
  .map((each) => each.toString(16).padStart(2, "0")).join("");

export function form(asked, filled, { sign }) {
  const known = Object.keys(asked.ages);
  filled.country ??= known.includes("NL") ? "NL" : known[0];
  const summary = element("p", { id: "summary", class: "soft" });
  const submit = element("button", { class: "main wide", id: "sign", "aria-describedby": "summary" });
  const failure = element("div", { id: "failure" });
  const refresh = () => {
    const yes = said(asked, filled);
    summary.textContent = yes.length ? say("sign.yes_to", { what: list(yes) }) : say("sign.no_to_all");
    submit.textContent = say(yes.length ? "sign.sign" : "sign.sign_no");
  };
  const about = who(asked, filled);
  const signature = signing(filled);
  const node = element("form", {
    id: "form", novalidate: true, autocomplete: asked.purpose === "session" ? "off" : null,
    input: refresh, click: refresh,
    submit: (event) => { event.preventDefault(); sign(); },
  },
  image(asked, filled, refresh), portrait(asked, filled), biometric(asked, filled),
  about.node, signature.node,
  element("div", { class: "end" }, summary, failure, submit));
  refresh();
  return {
    node,
    // The first field that is not in order, told at the field; null when all are.
    wrong: () => point(node, problems(asked, filled, signature)),
    point: (wrong) => point(node, wrong),
    order: () => order(asked, filled, signature),
    fail: (words) => failure.replaceChildren(...(words ? [element("p", { class: "notice", role: "alert" }, words)] : [])),
    wait: (waits) => {
      submit.disabled = waits;
      if (waits) submit.textContent = say("sign.signing");
      else refresh();
    },
  };
}

// What was said yes to, in the short names of the choices.
export function said(asked, { channels, portrait: contract, biometric: face }) {
  return [
    ...asked.channels.filter((each) => channels.has(each.id)).map((each) => name("channel", each)),
    ...(contract ? [say("sign.portrait_short")] : []),
    ...(face ? [say("sign.biometric_short")] : []),
  ];
}

function image(asked, filled, refresh) {
  if (!asked.channels.length) return null;
  const rows = asked.channels.map((each) => choice({
    id: `channel-${each.id}`, name: name("channel", each),
    about: `${told(each)} ${sentence(say("sign.term", { term: term(each.months) }))}`,
    on: filled.channels.has(each.id),
    change: ({ target }) => filled.channels[target.checked ? "add" : "delete"](each.id),
  }));
  const all = button(say("sign.all_on"), () => {
    const on = filled.channels.size < asked.channels.length;
    filled.channels = new Set(on ? asked.channels.map((each) => each.id) : []);
    for (const row of rows) row.querySelector("input").checked = on;
    relabel();
    refresh();
  }, { id: "all-channels" });
  const relabel = () => {
    all.textContent = say(filled.channels.size < asked.channels.length ? "sign.all_on" : "sign.all_off");
  };
  relabel();
  const group = element("div", { class: "choices", change: relabel }, ...rows);
  return card("image", say("sign.image"), element("p", {}, asked.wording.image), all,
    groupOf("image", group));
}

const groupOf = (id, node) => {
  node.setAttribute("role", "group");
  node.setAttribute("aria-labelledby", `${id}-title`);
  return node;
};

const sentence = (words) => `${words[0].toUpperCase()}${words.slice(1)}.`;

function portrait(asked, filled) {
  if (!asked.wording.portrait || !asked.portrait_months) return null;
  return card("portrait-card", say("sign.portrait"), element("p", {}, asked.wording.portrait),
    asked.compensation && element("p", {}, say("sign.pays", { what: asked.compensation })),
    element("div", { class: "choices" }, choice({
      id: "portrait", name: say("sign.portrait_yes"), on: filled.portrait,
      about: say("sign.portrait_more", { term: term(asked.portrait_months) }),
      change: ({ target }) => { filled.portrait = target.checked; },
    })));
}

function biometric(asked, filled) {
  if (!asked.wording.biometric || !asked.biometric_months) return null;
  return card("biometric-card", say("sign.biometric"), element("p", {}, asked.wording.biometric),
    element("div", { class: "choices" }, choice({
      id: "biometric", name: say("sign.biometric_yes"), on: filled.biometric,
      about: say("sign.biometric_more", { term: term(asked.biometric_months) }),
      change: ({ target }) => { filled.biometric = target.checked; },
    })));
}

function who(asked, filled) {
  const shared = asked.purpose === "session";
  const auto = (what) => (shared ? "off" : what);
  const age = () => asked.ages[filled.country];
  const own = field("name", "text", filled, "name", { autocomplete: auto("name"), maxlength: 200 });
  const birth = field("birth_date", "date", filled, "birth", { min: "1900-01-01" }, say("sign.birth_date"));
  const guardian = field("guardian_name", "text", filled, "guardian",
    { autocomplete: auto("name"), maxlength: 200 }, say("sign.guardian_name"));
  const relation = radios("relation", say("sign.relation"), [
    ["parent", say("sign.parent")], ["guardian", say("sign.guardian")],
  ], filled.relation, (value) => { filled.relation = value; });
  const email = asked.asks_email
    ? field("email", "email", filled, "email", { autocomplete: auto("email"), inputmode: "email", maxlength: 254 },
      say("sign.email"), say("sign.email_more"))
    : null;
  const child = element("div", { class: "fields" }, birth, relation, guardian,
    element("p", { class: "statement" }, asked.wording.guardian));
  const details = element("div", { class: "fields" }, own, child, email);
  const choose = radios("who", null, [["self", ""], ["child", say("sign.child")]], filled.who, (value) => {
    filled.who = value;
    lay();
  });
  const country = element("select", { id: "country", autocomplete: auto("country"), change: () => {
    filled.country = country.value;
    lay();
  } }, ...sortedCountries(Object.keys(asked.ages)).map(([code, words]) => element("option", { value: code }, words)));
  country.value = filled.country;
  const lay = () => {
    const isChild = filled.who === "child";
    choose.querySelector('[for="who-self"] .name').textContent = say("sign.self", { age: age() });
    own.querySelector("label").textContent = say(isChild ? "sign.child_name" : "sign.your_name");
    // A child's name is not the one that this browser fills in for its owner.
    own.querySelector("input").autocomplete = isChild ? "off" : auto("name");
    details.hidden = !filled.who;
    child.hidden = !isChild;
  };
  lay();
  choose.setAttribute("aria-labelledby", "who-card-title");
  return { node: card("who-card", say("sign.who"), choose,
    element("div", { class: "field inline" }, element("label", { for: "country" }, say("sign.country")), country),
    details) };
}

function signing(filled) {
  const typed = field("mark", "text", filled, "mark", { autocomplete: "off", maxlength: 200, class: "hand" },
    say("sign.typed"), say("sign.typed_more"));
  const board = pad({ strokes: filled.strokes });
  const drawing = element("div", { class: "field", id: "drawing" },
    element("span", { class: "label" }, say("sign.drawn")), board.node,
    element("p", { class: "soft" }, say("sign.drawn_more")),
    element("p", { class: "error", id: "pad-error", hidden: true }));
  const other = button("", () => {
    filled.way = filled.way === "typed" ? "drawn" : "typed";
    lay();
  }, { id: "other-way", class: "plain" });
  const lay = () => {
    typed.hidden = filled.way !== "typed";
    drawing.hidden = filled.way !== "drawn";
    other.textContent = say(filled.way === "typed" ? "sign.draw" : "sign.type");
  };
  lay();
  return { node: card("signature", say("sign.signature"), typed, drawing, other), mark: board.mark };
}

// A field with its label, what helps, and room for one sentence when it is not in order.
function field(id, type, filled, key, attributes, label = "", help = null) {
  const described = [help && `${id}-help`, `${id}-error`].filter(Boolean).join(" ");
  const input = element("input", {
    id, type, "aria-describedby": described, ...attributes,
    input: () => { filled[key] = input.value; mend(input, id); },
  });
  input.value = filled[key];
  return element("div", { class: "field" },
    element("label", { for: id }, label), input,
    help && element("p", { class: "soft", id: `${id}-help` }, help),
    element("p", { class: "error", id: `${id}-error`, hidden: true }));
}

function radios(id, label, options, chosen, change) {
  const rows = options.map(([value, words]) => {
    const box = element("input", { type: "radio", name: id, id: `${id}-${value}`, value,
      "aria-describedby": `${id}-error`,
      change: () => { change(value); mend(box, id); } });
    box.checked = chosen === value;
    return element("label", { class: "option", for: `${id}-${value}` }, box,
      element("span", { class: "name" }, words));
  });
  return element("div", { class: "field", role: "radiogroup", id, "aria-labelledby": label ? `${id}-label` : null },
    label && element("span", { class: "label", id: `${id}-label` }, label),
    element("div", { class: "options" }, ...rows),
    element("p", { class: "error", id: `${id}-error`, hidden: true }));
}

function mend(input, id) {
  const error = input.closest(".field").querySelector(`#${id}-error`);
  error.hidden = true;
  for (const each of input.closest(".field").querySelectorAll("[aria-invalid]")) {
    each.removeAttribute("aria-invalid");
  }
}

function problems(asked, filled, signature) {
  const isChild = filled.who === "child";
  return [
    !filled.who && ["who", "who"],
    filled.who && !filled.name.trim() && ["name", isChild ? "child_name" : "your_name"],
    isChild && !filled.birth && ["birth_date", "birth_date"],
    isChild && !filled.relation && ["relation", "relation"],
    isChild && !filled.guardian.trim() && ["guardian_name", "guardian_name"],
    asked.asks_email && filled.email.trim() && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(filled.email.trim()) && ["email", "email"],
    filled.way === "typed" && !filled.mark.trim() && ["mark", "typed"],
    filled.way === "drawn" && !signature.mark() && ["pad", "drawn"],
  ].filter(Boolean).map(([id, key]) => [id, say(`error.${key}`)]);
}

// Say at each field what is wrong with it, and bring the reader to the first of them.
function point(node, wrong) {
  for (const [id, words] of wrong) {
    const error = node.querySelector(`#${id}-error`);
    error.textContent = words;
    error.hidden = false;
    for (const each of inputs(node, id)) each.setAttribute("aria-invalid", "true");
  }
  if (!wrong.length) return null;
  const [first] = wrong[0];
  (inputs(node, first)[0] ?? node.querySelector("#other-way")).focus();
  return first;
}

const inputs = (node, id) => [...node.querySelectorAll(`input#${id}, #${id} input`)];

// What is sent: what was chosen, by whom, and nothing that the page worked out.
function order(asked, filled, signature) {
  const isChild = filled.who === "child";
  const typed = filled.way === "typed";
  return {
    wording: asked.wording.name,
    wording_sha256: asked.wording.sha256,
    language: asked.language,
    channels: asked.channels.map(idOf).filter((id) => filled.channels.has(id)),
    portrait: filled.portrait,
    biometric: filled.biometric,
    name: filled.name.trim(),
    email: (asked.asks_email && filled.email.trim()) || null,
    country: filled.country,
    birth_date: isChild ? filled.birth : null,
    guardian: isChild ? { name: filled.guardian.trim(), relation: filled.relation } : null,
    attempt: filled.attempt,
    signature: { kind: filled.way, mark: typed ? filled.mark.trim() : signature.mark() },
  };
}
