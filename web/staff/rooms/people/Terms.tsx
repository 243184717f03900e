// What a wording asks for, and for how long each.

import type { Schema } from "../../lib/api";
import { useWords } from "../../lib/words";
import { asking } from "./asking.words";
import css from "./people.module.css";
import { words } from "./words";

type Channel = Schema["Channel"];

export const CHANNELS: readonly Channel[] = [
  "website",
  "social",
  "intranet",
  "print",
  "press",
  "paid",
];

export function Terms({ channels }: { channels: Readonly<Record<string, number>> }) {
  const say = useWords(asking);
  const name = useWords(words);
  return (
    <p className={css.soft}>
      {say("offers")}:{" "}
      {CHANNELS.filter((channel) => channels[channel])
        .map(
          (channel) =>
            `${name(`channel_${channel}`)} (${say("months", { count: channels[channel] ?? 0 })})`,
        )
        .join(", ")}
    </p>
  );
}
