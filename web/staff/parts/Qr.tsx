// A code to hold a telephone to: drawn here, so that what it says goes nowhere else.

import { encode } from "uqr";

import css from "./Qr.module.css";

interface Props {
  /** What a telephone reads in it: an address. */
  readonly text: string;
  /** What it is for, for whoever does not see it. */
  readonly label: string;
}

/** Black on white in every colour scheme, with its quiet zone: cameras want it so. */
export function Qr({ text, label }: Props) {
  // A quarter of it can be restored: on paper that is folded it still reads.
  const { data, size } = encode(text, { ecc: "Q", border: 4 });
  const path = data
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")))
    .join("");
  return (
    <svg
      className={css.code}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect className={css.light} width={size} height={size} />
      <path className={css.dark} d={path} />
    </svg>
  );
}
