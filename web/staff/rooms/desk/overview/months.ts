// The forecast as a chart reads it: a column for each month, also where nothing happens.

import type { Schema } from "../../../lib/api";

export type Channel = Schema["Channel"];

/** In the order in which they are drawn, from below. */
export const CHANNELS: readonly Channel[] = [
  "website",
  "social",
  "intranet",
  "print",
  "press",
  "paid",
];

export interface Month {
  /** Its first day: `2027-05-01`. */
  readonly first: string;
  readonly per: Readonly<Partial<Record<Channel, number>>>;
  readonly total: number;
}

/** Every month from the one of `from` to before `until`, with what goes dark in it. */
export function monthsOf(
  lines: readonly Schema["ForecastLine"][],
  from: string,
  until: string,
  collection: string | null,
): readonly Month[] {
  const chosen = lines.filter((line) => line.collection_id === collection);
  const ends = until.slice(0, 7);
  const months: Month[] = [];
  for (let at = from.slice(0, 7); at < ends; at = after(at)) {
    const per: Partial<Record<Channel, number>> = {};
    for (const line of chosen.filter((each) => each.month.startsWith(at))) {
      // An answer that was given in pieces names a month and a channel more than once.
      per[line.channel] = (per[line.channel] ?? 0) + line.pictures;
    }
    const total = Object.values(per).reduce((sum, each) => sum + each, 0);
    months.push({ first: `${at}-01`, per, total });
  }
  return months;
}

function after(month: string): string {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return number === 12
    ? `${year + 1}-01`
    : `${year}-${String(number + 1).padStart(2, "0")}`;
}

/** The next round number above, for the height of the chart, and the steps below it. */
export function scaleOf(most: number): { readonly top: number; readonly ticks: number[] } {
  const rough = Math.max(1, most) / 4;
  const ten = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].map((each) => each * ten).find((each) => each >= rough) ?? 1);
  const top = Math.ceil(Math.max(1, most) / step) * step;
  return { top, ticks: Array.from({ length: top / step + 1 }, (_, index) => index * step) };
}
