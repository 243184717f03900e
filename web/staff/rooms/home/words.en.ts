import type { SameKeys } from "../../lib/words";
import type { nl } from "./words.nl";

export const en: SameKeys<typeof nl> = {
  title: "Welcome",
  where: "Where you can go",
  who: "Who you are",
  roles: "Your roles",
  no_roles: "You have no role yet. Ask an administrator for one, and then sign in again.",
  may: "What you may do",
  may_nothing: "Without a role there is nothing to do here for you.",
};
