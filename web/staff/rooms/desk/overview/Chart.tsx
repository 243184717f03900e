// A column for each month, in pieces by channel. Each column is a button with its numbers
// in words, so that it is read and pressed without seeing it; a table says the same.

import { useFormat } from "../../../lib/format";
import { useLanguage, useWords } from "../../../lib/words";
import css from "./Chart.module.css";
import { CHANNELS, scaleOf, type Month } from "./months";
import { words } from "./words";

const WIDE = 720;
const HIGH = 260;
const LEFT = 40;
const BELOW = 34;
const ABOVE = 18;

interface Props {
  readonly months: readonly Month[];
  readonly chosen: string | null;
  readonly choose: (first: string) => void;
}

export function Chart({ months, chosen, choose }: Props) {
  const say = useWords(words);
  const format = useFormat();
  const language = useLanguage();
  const { top, ticks } = scaleOf(Math.max(...months.map((each) => each.total)));
  const height = (pictures: number) => (pictures / top) * (HIGH - BELOW - ABOVE);
  const floor = HIGH - BELOW;
  const step = (WIDE - LEFT) / months.length;
  const wide = Math.min(38, step * 0.62);
  const short = new Intl.DateTimeFormat(language, { month: "short" });
  return (
    <svg className={css.chart} viewBox={`0 0 ${WIDE} ${HIGH}`} role="group" aria-label={say("chart")}>
      {ticks.map((tick) => (
        <g key={tick} aria-hidden="true">
          <line className={css.rule} x1={LEFT} x2={WIDE} y1={floor - height(tick)} y2={floor - height(tick)} />
          <text className={css.tick} x={LEFT - 8} y={floor - height(tick) + 4} textAnchor="end">
            {format.number(tick)}
          </text>
        </g>
      ))}
      {months.map((month, index) => {
        const middle = LEFT + step * (index + 0.5);
        const parts = CHANNELS.filter((channel) => month.per[channel]).map(
          (channel) => `${say(channel)} ${format.number(month.per[channel] ?? 0)}`,
        );
        const pieces = piecesOf(month, height);
        return (
          <g
            key={month.first}
            className={css.month}
            role="button"
            tabIndex={0}
            aria-pressed={month.first === chosen}
            aria-label={say("bar", {
              month: format.month(month.first.slice(0, 7)),
              parts: parts.join(", ") || say("no_dark"),
            })}
            onClick={() => choose(month.first)}
            onKeyDown={(event) => {
              if (event.key !== "Enter" && event.key !== " ") return;
              event.preventDefault();
              choose(month.first);
            }}
          >
            <rect className={css.ground} x={middle - step / 2 + 1} y={0} width={step - 2} height={HIGH} rx={6} />
            {pieces.map(({ channel, from, tall }) => (
              <rect
                key={channel}
                className={css[channel]}
                x={middle - wide / 2}
                y={floor - from - tall}
                width={wide}
                height={Math.max(1, tall - 1)}
                rx={1.5}
              />
            ))}
          </g>
        );
      })}
      {/* Beside the buttons and not in them: a button's name is what it says aloud. */}
      {months.map((month, index) => {
        const middle = LEFT + step * (index + 0.5);
        const first = new Date(`${month.first}T00:00`);
        return (
          <g key={month.first} className={css.words} aria-hidden="true">
            {month.total > 0 && (
              <text className={css.sum} x={middle} y={floor - height(month.total) - 5} textAnchor="middle">
                {format.number(month.total)}
              </text>
            )}
            <text className={css.name} x={middle} y={floor + 15} textAnchor="middle">
              {short.format(first)}
            </text>
            {(index === 0 || first.getMonth() === 0) && (
              <text className={css.year} x={middle} y={floor + 29} textAnchor="middle">
                {first.getFullYear()}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}

function piecesOf(month: Month, height: (pictures: number) => number) {
  let from = 0;
  return CHANNELS.flatMap((channel) => {
    const tall = height(month.per[channel] ?? 0);
    if (!tall) return [];
    const piece = { channel, from, tall };
    from += tall;
    return [piece];
  });
}

/** Which colour is which channel. */
export function Legend({ months }: { months: readonly Month[] }) {
  const say = useWords(words);
  const shown = CHANNELS.filter((channel) => months.some((each) => each.per[channel]));
  return (
    <ul className={css.legend}>
      {shown.map((channel) => (
        <li key={channel}>
          <svg width="14" height="14" aria-hidden="true">
            <rect className={css[channel]} width="14" height="14" rx="3" />
          </svg>
          {say(channel)}
        </li>
      ))}
    </ul>
  );
}
