// Pictures in justified rows: each row as wide as the page, each picture whole.

export interface Sized {
  readonly width?: number | null;
  readonly height?: number | null;
}

export interface Row {
  /** The first picture of the row, and the first one after it. */
  readonly start: number;
  readonly end: number;
  readonly height: number;
}

const USUAL = 3 / 2;
const NARROW = 0.5;
const WIDE = 2.6;

/** How wide for its height; a strip or a tower is shown in part. */
export function ratioOf({ width, height }: Sized): number {
  if (!width || !height) return USUAL;
  return Math.min(WIDE, Math.max(NARROW, width / height));
}

/** Rows for pictures of these ratios, as near to `target` high as the width allows.
 *
 * The last row is not stretched: what follows may still come.
 */
export function justify(
  ratios: readonly number[],
  width: number,
  target: number,
  gap: number,
): Row[] {
  const rows: Row[] = [];
  let start = 0;
  let sum = 0;
  for (let at = 0; at < ratios.length; at += 1) {
    sum += ratios[at] ?? USUAL;
    const room = width - gap * (at - start);
    if (sum * target < room) continue;
    rows.push({ start, end: at + 1, height: room / sum });
    start = at + 1;
    sum = 0;
  }
  if (start < ratios.length) rows.push({ start, end: ratios.length, height: target });
  return rows;
}

/** The row in which a picture stands. */
export function rowOf(rows: readonly Row[], index: number): number {
  let low = 0;
  let high = rows.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.end ?? 0) <= index) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The picture above (-1) or below (+1) this one: the one whose middle is nearest. */
export function across(
  rows: readonly Row[],
  ratios: readonly number[],
  index: number,
  step: -1 | 1,
): number {
  const at = rowOf(rows, index);
  const from = rows[at];
  const to = rows[at + step];
  if (!from || !to) return index;
  const middle = (row: Row, picture: number) => {
    let before = 0;
    for (let each = row.start; each < picture; each += 1) before += ratios[each] ?? USUAL;
    return (before + (ratios[picture] ?? USUAL) / 2) * row.height;
  };
  const wanted = middle(from, index);
  let best = to.start;
  for (let each = to.start; each < to.end; each += 1) {
    const nearer = Math.abs(middle(to, each) - wanted) < Math.abs(middle(to, best) - wanted);
    if (nearer) best = each;
  }
  return best;
}
