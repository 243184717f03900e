import { en } from "./proposals.words.en";
import { nl } from "./proposals.words.nl";

export const words = { nl, en };
