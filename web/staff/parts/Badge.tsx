// Whether something may be, at a glance: an icon, a colour and a word, never one alone.

import type { ReactNode } from "react";

import type { Schema } from "../lib/api";
import { useFormat } from "../lib/format";
import { useWords } from "../lib/words";
import css from "./Badge.module.css";
import { Icon, type IconName } from "./Icon";
import { words } from "./words";

export type Tone = "yes" | "wait" | "no" | "none";

const ICONS: Readonly<Record<Tone, IconName>> = {
  yes: "check",
  wait: "clock",
  no: "stop",
  none: "info",
};

interface Props {
  readonly tone: Tone;
  readonly icon?: IconName;
  readonly children: ReactNode;
}

export function Badge({ tone, icon, children }: Props) {
  return (
    <span className={`${css.badge} ${css[tone]}`}>
      <Icon name={icon ?? ICONS[tone]} size={14} />
      {children}
    </span>
  );
}

type Status = Schema["AssetStatus"];

const TONES: Readonly<Record<Status, Tone>> = {
  expected: "none",
  received: "none",
  examined: "wait",
  embargoed: "no",
  ready: "wait",
  released: "yes",
  rejected: "no",
};

const STATUS_ICONS: Readonly<Partial<Record<Status, IconName>>> = {
  embargoed: "lock",
  ready: "eye",
};

/** Where a picture stands, and until when if it ends: `Released · until 3 May 2027`. */
export function StatusBadge({ status, until }: { status: Status; until?: string | null }) {
  const say = useWords(words);
  const format = useFormat();
  const icon = STATUS_ICONS[status];
  return (
    <Badge tone={TONES[status]} {...(icon ? { icon } : {})}>
      {say(`status_${status}`)}
      {until && ` · ${say("until", { day: format.day(until) })}`}
    </Badge>
  );
}
