import type { SameKeys } from "../lib/words";
import type { nl } from "./proposals.words.nl";

export const en: SameKeys<typeof nl> = {
  proposals_none: "Nothing waits for a second person",
  proposals_lead: "Approve (y) or reject (n) what somebody else proposed: the first is next. What you proposed yourself you can take back.",
  approve: "Approve",
  reject: "Reject",
  take_back: "Take back",
  approved: "Approved",
  turned_down: "Rejected",
  until: "Until {moment}",
  approve_title: "Approve this?",
  approve_text: "{what} It is done at once, and you answer for it as if you had asked for it yourself.",
  open: "See what it is about",
  open_picture: "Open the picture",
};
