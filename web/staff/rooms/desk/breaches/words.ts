import { en } from "./words.en";
import { nl } from "./words.nl";

export const words = { nl, en };
