import type { SameKeys } from "../../../lib/words";
import type { nl } from "./words.nl";

export const en: SameKeys<typeof nl> = {
  title: "Audit log",
  lead: "What happened, by whom and to what; the last first. That somebody searches here is put on record, too.",
  subject: "About what",
  subject_hint: "The identifier of a picture, a person or something else.",
  actor: "By whom",
  actor_hint: "The identifier of a user, or system.",
  tag: "What",
  tag_hint: "Or how that begins, such as api:asset.",
  day: "From",
  until: "Up to and including",
  days_hint: "31 days at most. Without a day and a subject: today.",
  search: "Search",
  clear: "Clear",
  csv: "As CSV",
  csv_done: { one: "{count} row kept", other: "{count} rows kept" },
  found: "What happened on {day}",
  when: "Time",
  what: "What",
  who: "Who",
  about: "About",
  also: "With",
  none: "Nothing found",
  none_text: "Nothing of this kind happened in these days.",
};
