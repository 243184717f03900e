// How much is left of the 72 hours, in words and as a meter that is read aloud.

import { useEffect, useState } from "react";

import type { Schema } from "../../../lib/api";
import { useFormat } from "../../../lib/format";
import { useWords } from "../../../lib/words";
import desk from "../desk.module.css";
import { words } from "./words";

const MINUTE = 60_000;
const HOUR = 3_600_000;

type Told = Pick<Schema["BreachSummary"], "aware_at" | "due_at" | "state">;

export function Clock({ of }: { of: Told }) {
  const say = useWords(words);
  const format = useFormat();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const tick = setInterval(() => setNow(Date.now()), MINUTE);
    return () => clearInterval(tick);
  }, []);
  if (of.state === "breach_was_closed") return "–";
  const due = new Date(of.due_at).getTime();
  const whole = due - new Date(of.aware_at).getTime();
  const left = due - now;
  const hours = Math.floor(Math.abs(left) / HOUR);
  const told = say(left > 0 ? "left" : "over", { count: hours });
  return (
    <span className={desk.row}>
      <meter
        aria-label={say("clock")}
        aria-valuetext={told}
        min={0}
        max={whole}
        low={whole / 3}
        high={whole / 2}
        optimum={whole}
        value={Math.min(whole, Math.max(0, left))}
      />
      <span className={left > 0 ? desk.small : desk.late}>{told}</span>
      <span className={`${desk.soft} ${desk.small}`}>{format.moment(of.due_at)}</span>
    </span>
  );
}
