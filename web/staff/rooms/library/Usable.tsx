// Whether a picture may be used and until when, at a glance: as the API decided it last.

import type { Schema } from "../../lib/api";
import { useFormat } from "../../lib/format";
import { useWords } from "../../lib/words";
import { Badge, StatusBadge } from "../../parts/Badge";
import { CHANNELS, useNames } from "../../parts/channels";
import type { Found } from "./search";
import { words } from "./words";

type Leaves = Readonly<Partial<Record<Schema["Channel"], Schema["Verdict"]>>>;

/** The channels in which it may leave now. */
const opened = (leaves: Leaves | null) =>
  CHANNELS.flatMap((channel) => {
    const verdict = leaves?.[channel];
    return verdict && verdict !== "restricted" ? [[channel, verdict] as const] : [];
  });

/** For which channels, in words. */
export function useUsableWords(): (picture: Found) => string {
  const say = useWords(words);
  const names = useNames();
  return ({ leaves }) => {
    const channels = opened(leaves).map(([channel, verdict]) =>
      verdict === "masked"
        ? say("covered", { channel: names.channel(channel) })
        : names.channel(channel),
    );
    return channels.length ? say("leaves_in", { channels: channels.join(", ") }) : "";
  };
}

export function Usable({ picture }: { picture: Found }) {
  const say = useWords(words);
  const format = useFormat();
  const open = opened(picture.leaves);
  if (!open.length) return <StatusBadge status={picture.status} />;
  const covered = open.some(([, verdict]) => verdict === "masked");
  return (
    <Badge tone="yes" icon={covered ? "mask" : "check"}>
      {say("may_leave", { count: open.length })}
      {picture.leaves_until && ` · ${say("until", { day: format.day(picture.leaves_until) })}`}
    </Badge>
  );
}
