// The certificate of an erasure: two files to keep, and how to check them.

import { ask, ProblemError, take } from "./link.js";
import * as parts from "./parts.js";
import { current, LANGUAGES, moment, preferred, say, speak } from "./words.js";
import { element } from "../element.js";

let proof = null; // what the API says; null as long as there is none

async function start() {
  await parts.begin(preferred(), "certificate.name");
  if (!take()) return parts.noLink();
  await load();
}

async function load() {
  parts.busy();
  try {
    proof = await ask("certificate", current());
    page();
  } catch (error) {
    // Erasing takes a while, and the link was there before it was over.
    if (error instanceof ProblemError && error.code === "not_found") return page();
    parts.failed(error, load);
  }
}

async function changeLanguage(code) {
  await speak(code);
  page();
}

function page() {
  parts.tools(Object.keys(LANGUAGES), changeLanguage);
  parts.show(say("certificate.name"), [
    element("div", { class: "column" },
      element("h1", {}, say("certificate.name")),
      ...(proof ? whole() : [
        element("p", { class: "lead" }, say("certificate.early")),
        parts.button(say("again"), load, { class: "main", id: "again" }),
      ])),
  ]);
}

function whole() {
  const number = proof.erasure_id;
  return [
    element("p", { class: "lead" }, say("certificate.lead", { day: moment(proof.issued_at) })),
    parts.card("files", say("certificate.files"),
      element("p", {}, say("certificate.files_more")),
      element("p", { class: "buttons" },
        parts.button(say("certificate.pdf"), () => save(proof.pdf, "application/pdf", `${number}.pdf`),
          { class: "main", id: "pdf" }),
        parts.button(say("certificate.json"), () => save(proof.json, "application/json", `${number}.json`),
          { id: "json" }))),
    parts.card("check", say("certificate.check"),
      element("p", {}, say("certificate.check_more")),
      element("p", {}, element("code", {}, `python -m cli verify certificate ${number}.json`)),
      element("p", { class: "soft" }, say("certificate.key")),
      element("p", { class: "digits" }, element("code", {}, grouped(proof.key_sha256)))),
    element("p", { class: "soft" }, say("certificate.ends", { day: moment(proof.link_ends_at) })),
  ];
}

// Long numbers in groups, so that they fold and can be compared by eye.
const grouped = (digits) => digits.match(/.{1,8}/g).join(" ");

// The files come in the answer itself: an address of them would work for whoever had it.
function save(content, type, name) {
  const bytes = Uint8Array.from(atob(content), (each) => each.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  const link = element("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

await start();
