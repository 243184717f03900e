"use strict";
(() => {
  const root = document.documentElement;
  const titles = { nl: "Contactvel · Beeldrecht", en: "Contact sheet · Beeldrecht" };

  const languages = document.querySelectorAll("[data-language]");
  document.querySelector(".languages").hidden = false;
  for (const button of languages) {
    button.addEventListener("click", () => {
      root.lang = button.dataset.language;
      document.title = titles[root.lang];
      for (const other of languages) {
        other.setAttribute("aria-pressed", String(other === button));
      }
    });
  }

  // A face in the list points out its box, and a box its place in the list.
  const pointAt = (card, face) => {
    for (const mark of card.querySelectorAll(".boxes [data-face]")) {
      mark.classList.toggle("on", mark.dataset.face === face);
      mark.classList.toggle("off", Boolean(face) && mark.dataset.face !== face);
    }
    for (const button of card.querySelectorAll(".point")) {
      button.setAttribute("aria-pressed", String(button.dataset.face === face));
    }
  };
  for (const card of document.querySelectorAll(".card")) {
    let kept = "";
    const keep = (face) => {
      kept = kept === face ? "" : face;
      pointAt(card, kept);
    };
    for (const button of card.querySelectorAll(".point")) {
      const { face } = button.dataset;
      button.addEventListener("click", () => keep(face));
      button.closest("li").addEventListener("mouseenter", () => pointAt(card, face));
      button.closest("li").addEventListener("mouseleave", () => pointAt(card, kept));
    }
    for (const mark of card.querySelectorAll(".boxes [data-face]")) {
      mark.addEventListener("click", () => {
        keep(mark.dataset.face);
        document.getElementById(mark.dataset.face).scrollIntoView({ block: "nearest" });
      });
    }
    card.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && kept) keep(kept);
    });
  }
})();
