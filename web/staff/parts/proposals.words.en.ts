import type { SameKeys } from "../lib/words";
import type { nl } from "./proposals.words.nl";

export const en: SameKeys<typeof nl> = {
  proposals_none: "Nothing waits for a second person",
  proposals_lead: "Somebody else proposed this; you approve (y) or reject (n). The first one is next.",
  approve: "Approve",
  reject: "Reject",
  approved: "Approved",
  turned_down: "Rejected",
  until: "Until {moment}",
  approve_title: "Approve this?",
  open_picture: "Open the picture",
};
