import type { SameKeys } from "../../lib/words";
import type { nl } from "./words.nl";

export const en: SameKeys<typeof nl> = {
  title: "Shares",
  lead: "What can be seen outside the organisation by a link, until when, and by whom.",
  list: "Shared links",
  recipient: "For whom",
  what: "What",
  use: "For what",
  state: "State",
  ends: "Until",
  fetched: "Downloaded",
  deed: "End",
  pictures: { one: "{count} picture", other: "{count} pictures" },
  collection: "a collection",
  handed_over: "Handed over",
  view: "to see",
  download: "to download",
  password: "with a password",
  of_most: "{count} of {most}",
  end: "End",
  end_title: "End this link?",
  end_text:
    "Whoever has the link sees nothing from then on. This cannot be undone; a new link can be made.",
  ended: "The link works no more",
  empty: "Nothing is shared",
  empty_text: "Choose pictures in the library, or open a collection, and share them by a link.",
  to_library: "To the library",
  more: "Load more",
};
