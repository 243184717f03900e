// What is on somebody's own page.

import { element } from "../element.js";
import { isDoubted, rights } from "./own-rights.js";
import { button, card, choice, frame } from "./parts.js";
import { day, idOf, list, name, say, told } from "./words.js";

const OPEN = new Set(["in_force", "not_yet"]);
const isOpen = (grant) => OPEN.has(idOf(grant.state));

export function sections(mine, acts) {
  return [
    ...mine.notes.map((note) => element("p", { class: "notice plain" }, told(note))),
    agreed(mine, acts), pictures(mine, acts), documents(mine, acts), rights(mine, acts),
  ].filter(Boolean);
}

const sorted = (all, order) => [...all].sort(order);

const latest = (grants) => sorted(grants, (a, b) =>
  isOpen(b) - isOpen(a) || (b.ends_at ?? "9").localeCompare(a.ends_at ?? "9"))[0];

// How it stands, in a few words with the day that matters.
function standing(grant) {
  switch (idOf(grant.state)) {
    case "withdrawn": return say("own.withdrawn", { day: day(grant.withdrawn_at) });
    case "ended": return say("own.ended", { day: day(grant.last_day ?? grant.ends_at) });
    case "not_yet": return say("own.from", { day: day(grant.starts_at) });
    case "in_force": return grant.last_day ? say("own.until", { day: day(grant.last_day) }) : say("own.forever");
    default: return grant.state.words;
  }
}

// -- what was agreed to ----------------------------------------------------------------

// A renewal stands on record beside what it renews, so what counts is shown once, with the
// document that was signed last; an older one of which that is not sure stands by itself.
export function groups(consents) {
  const last = consents.filter((each) => each.renewable || each.offered.length);
  const found = last.map((head) => ({ head, all: [head] }));
  for (const each of consents.filter((one) => !last.includes(one))) {
    const alike = found.filter(({ head }) => head.title === each.title);
    const [group] = alike.length === 1 ? alike : found.length === 1 ? found : [];
    if (group) group.all.push(each);
    else found.push({ head: each, all: [each] });
  }
  return found;
}

function agreed(mine, acts) {
  const found = groups(mine.consents).map((group, place) => agreement(group, place, acts));
  const shown = found.filter(Boolean);
  if (!shown.length) {
    return card("agreed", say("own.agreed"), element("p", {}, say("own.agreed_none")));
  }
  const takes = mine.consents.some((each) => each.grants.some((grant) => grant.withdrawable));
  return card("agreed", say("own.agreed"), ...shown.flatMap(({ node, title }) =>
    [shown.length > 1 && element("h3", {}, title), node]),
  takes && button(say("own.all"), () => void acts.withdrawAll(), { class: "grave", id: "withdraw-all" }));
}

// One consent: a switch for each channel that was offered, or that still counts.
function agreement({ head, all }, place, acts) {
  const grants = all.flatMap((each) => each.grants);
  const of = (kind) => grants.filter((each) => idOf(each.kind) === kind);
  const images = new Map();
  for (const each of of("image_consent")) {
    const channel = idOf(each.channel);
    images.set(channel, [...(images.get(channel) ?? []), each]);
  }
  const offered = new Map(head.offered.map((each) => [each.id, each]));
  const id = (what) => (place ? `${what}-${place}` : what);
  const turn = (what, grantsOfIt, more) => {
    const was = grantsOfIt.some(isOpen);
    return { id: id(what), all: grantsOfIt, was, on: was, channel: null, ...more };
  };
  const switches = [...new Set([...offered.keys(), ...images.keys()])].map((channel) =>
    turn(`channel-${channel}`, images.get(channel) ?? [], {
      channel, may: offered.has(channel),
      name: name("channel", offered.get(channel) ?? latest(images.get(channel)).channel),
    }));
  const faces = of("biometric_consent");
  if (faces.length || head.offers_biometric) {
    switches.push(turn("biometric", faces, {
      may: head.offers_biometric, name: say("own.biometric"), more: say("own.biometric_more"),
    }));
  }
  const live = switches.filter((each) => each.may || each.was);
  const contracts = of("portrait_agreement");
  if (!live.length && !contracts.length) return null;
  const bar = changes(head.quitclaim_id, live, acts);
  const row = (each) => choice({
    id: each.id, name: each.name, on: each.on,
    about: [each.all.length ? standing(latest(each.all)) : say("own.off"), each.more].filter(Boolean).join(". "),
    change: ({ target }) => { each.on = target.checked; bar.refresh(); },
  });
  const title = head.title ?? say("sign.name");
  const node = element("div", { class: "agreement" },
    element("div", { class: "choices", role: "group", "aria-label": title, id: id("switches") }, ...live.map(row)),
    bar.node,
    ...contracts.map((each) => element("div", { class: "contract" },
      element("h3", {}, say("own.portrait")),
      element("p", {}, standing(each)),
      element("p", { class: "soft" }, say("own.portrait_more")))));
  return { node, title };
}

const box = ({ id }) => document.getElementById(id);

// What is about to change, to be saved or undone; nothing counts before it is saved.
function changes(quitclaimId, switches, acts) {
  const what = element("p", { id: "to-change" });
  const save = button(say("own.save"), () => {
    save.disabled = true;
    save.textContent = say("own.saving");
    void acts.change(order(quitclaimId, switches));
  }, { class: "main", id: "save" });
  const undo = button(say("own.undo"), () => {
    for (const each of switches) {
      each.on = each.was;
      box(each).checked = each.was;
    }
    refresh();
    box(switches[0]).focus();
  }, { id: "undo" });
  const node = element("div", { class: "changes", id: "changes", role: "status", hidden: true }, what,
    element("div", { class: "buttons" }, save, undo));
  const refresh = () => {
    const changed = switches.filter((each) => each.on !== each.was);
    node.hidden = !changed.length;
    what.textContent = say("own.to_change", {
      what: list(changed.map((each) => say(each.on ? "own.on_word" : "own.off_word", { what: each.name }))),
    });
  };
  return { node, refresh };
}

// Every grant behind a switch that went off; and, where one went on, all that is to remain.
function order(quitclaimId, switches) {
  const off = switches.filter((each) => each.was && !each.on)
    .flatMap((each) => each.all.filter((grant) => grant.withdrawable))
    .map((grant) => grant.grant_id);
  const on = switches.filter((each) => each.on);
  if (!on.some((each) => !each.was)) return { off, change: null };
  return {
    off,
    change: {
      quitclaim_id: quitclaimId,
      channels: on.filter((each) => each.channel).map((each) => each.channel),
      biometric: on.some((each) => !each.channel),
    },
  };
}

// -- documents and pictures -------------------------------------------------------

function documents(mine, acts) {
  if (!mine.consents.length) return null;
  const rows = sorted(mine.consents, (a, b) => b.signed_at.localeCompare(a.signed_at)).map((each) => {
    const signed = day(each.signed_at);
    const title = each.title ?? say("sign.name");
    const how = [say(`own.on.${idOf(each.signed_on)}`), each.guardian && say("own.by_guardian")].filter(Boolean);
    return element("li", { class: "document" },
      element("div", {},
        element("h3", {}, title),
        element("p", { class: "soft" }, `${say("own.signed", { day: signed })}, ${how.join(", ")}`)),
      element("div", { class: "buttons" },
        each.document
          ? button(say("own.copy"), () => void acts.download(each.quitclaim_id, each.signed_at.slice(0, 10)),
            { "data-download": each.quitclaim_id, "aria-label": `${say("own.copy")}: ${title}, ${signed}` })
          : element("p", { class: "soft" }, say("own.copy_none")),
        each.renewable && button(say("own.renew"), () => void acts.renew(each.quitclaim_id),
          { "data-renew": each.quitclaim_id, "aria-label": `${say("own.renew")}: ${title}, ${signed}` })));
  });
  return card("documents", say("own.documents"), element("ul", { class: "rows" }, ...rows));
}

const AT_ONCE = 3;

// Who received a copy, for what and when, and what came of asking it back.
function received({ recipient, channel, at, recall }) {
  const told = channel ? say("own.used_at", { channel: name("channel", channel), day: day(at) }) : day(at);
  const whose = `${name("own.recipient", recipient)}.`;
  return element("li", {}, told,
    element("span", { class: "soft" }, recall ? `${whose} ${name("own.called_back", recall)}` : whose));
}

// The last ones, and behind a summary those before them.
function receivers(used, more) {
  const rows = used.map(received);
  const earlier = rows.slice(AT_ONCE);
  const before = more > 0 && element("p", { class: "soft" }, say("own.more_used", { n: more }));
  return element("div", {},
    element("h3", {}, say("own.used")),
    element("ul", { class: "received" }, ...rows.slice(0, AT_ONCE)),
    earlier.length > 0 && element("details", {},
      element("summary", {}, say("own.used_earlier", { n: earlier.length + more })),
      element("ul", { class: "received" }, ...earlier), before),
    !earlier.length && before);
}

function pictures(mine, acts) {
  const all = mine.pictures.length;
  if (!all) return card("pictures", say("own.pictures"), element("p", {}, say("own.pictures_none")));
  const cards = mine.pictures.map(({ asset_id: id, url, used, more_used: more }, place) => {
    return element("li", { class: "picture" },
      frame(url, say("picture", { n: place + 1, all })),
      element("div", { class: "told" },
        url ? null : element("p", { class: "soft" }, say("own.hidden")),
        used.length
          ? receivers(used, more)
          : element("p", { class: "soft" }, say("own.used_none")),
        isDoubted(mine, id)
          ? element("p", { class: "soft" }, say("own.doubted"))
          : button(say("own.not_me"), () => void acts.notMe(id), { class: "plain", "data-not-me": id, "aria-label": `${say("own.not_me")}: ${say("picture", { n: place + 1, all })}` })));
  });
  return card("pictures", say("own.pictures"), element("ul", { class: "pictures" }, ...cards),
    mine.more_pictures > 0 && element("p", { class: "soft" }, say("own.more_pictures", { n: mine.more_pictures })));
}
