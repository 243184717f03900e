import type { SameKeys } from "../../../lib/words";
import type { nl } from "./words.nl";

export const en: SameKeys<typeof nl> = {
  title: "Recalls",
  lead: "Who was asked to remove a picture, and how far that is.",
  list: "Who was asked to remove a picture",
  picture: "Picture",
  recipient: "Recipient",
  channels: "Use",
  why: "Why",
  asked: "Asked",
  told: "Mailed",
  not_told: "Not mailed yet",
  reminders: { one: "{count} reminder", other: "{count} reminders" },
  removed_at: "Gone since",
  by_recipient: "says the recipient",
  deeds: "Actions",
  removed: "Is gone",
  removed_name: "Is gone: record that of every copy",
  removed_title: "Is every copy gone?",
  removed_text: "You declare that this recipient removed every copy. That is recorded in your name and cannot be undone.",
  removed_done: "Recorded that it is gone",
  state_recall_open: "Open",
  state_recall_unreachable: "Cannot be reached",
  state_recall_removed: "Gone",
  state_recall_lifted: "No longer needed",
  none: "Nothing stands so",
};
