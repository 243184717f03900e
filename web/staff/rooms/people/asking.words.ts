import { en } from "./asking.words.en";
import { nl } from "./asking.words.nl";

export const asking = { nl, en };
