// Channels, verdicts and places by a short name, where the API's sentence is too long. Each
// list is held against the API's own: tsc refuses one that lacks a value, or has another.

import type { Schema } from "../lib/api";
import { useWords } from "../lib/words";
import { words } from "./words";

export type Channel = Schema["Channel"];
export type Verdict = Schema["Verdict"];

const ALL: Readonly<Record<Channel, true>> = {
  website: true,
  social: true,
  intranet: true,
  print: true,
  press: true,
  paid: true,
};

export const CHANNELS = Object.keys(ALL) as readonly Channel[];

/** `name.channel("press")`, `name.verdict("masked")`, `name.place("world")`. */
export function useNames() {
  const say = useWords(words);
  return {
    channel: (channel: Channel) => say(`channel_${channel}`),
    verdict: (verdict: Verdict) => say(`verdict_${verdict}`),
    place: (place: Schema["Place"]) => say(`place_${place}`),
  };
}
