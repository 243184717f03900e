import type { SameKeys } from "../../../lib/words";
import type { nl } from "./words.nl";

export const en: SameKeys<typeof nl> = {
  lead: "One pack that shows that the promises about privacy are kept. An operator makes it.",
  holds: "What it holds",
  registers: "The registers, the annex of the processing agreement and the sub-processors.",
  promises: "Each promise, with the tests that show it and how they ended.",
  settings: "The settings of what runs now, read in the account itself.",
  lapsed: "What has lapsed or is not kept: the pack is red then.",
  make: "How it is made",
  make_text: "The app cannot do this: it takes rights on the account itself. Run this in the project's folder:",
  made: "After that evidence.pdf and evidence.json lie in the folder evidence.",
  here: "What you can look at and fetch here yourself",
};
