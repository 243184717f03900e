import type { SameKeys } from "../../../lib/words";
import type { nl } from "./words.nl";

export const en: SameKeys<typeof nl> = {
  title: "Copies for people",
  lead: "Who asked for a copy of everything, how far it is and whether it was fetched.",
  list: "Copies for people",
  begun: "Begun",
  size: "Holds",
  pictures: { one: "{count} picture", other: "{count} pictures" },
  left_out: "{count} only told of",
  fetch_until: "To be fetched until",
  fetched: "Fetched",
  times: { one: "{count} time", other: "{count} times" },
  mail: "Mail",
  deeds: "Actions",
  again: "Send the mail again",
  again_done: "The mail with the link goes out again",
  request: "The request",
  none: "Nobody asked for a copy",
  none_text: "A copy begins with a request for access that was granted.",
};
