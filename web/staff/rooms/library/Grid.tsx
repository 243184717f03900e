// The pictures in rows, of which only those near the window are on the page; walked
// through with the arrows, chosen with the space bar, the pointer and shift.

import { useWindowVirtualizer } from "@tanstack/react-virtual";
import {
  memo,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
} from "react";

import { useWords } from "../../lib/words";
import { Icon } from "../../parts/Icon";
import { Rendition } from "../../parts/Rendition";
import css from "./Grid.module.css";
import { across, justify, ratioOf, rowOf, type Row } from "./layout";
import type { Found } from "./search";
import { all, NOTHING, ranged, toggled, type Selection } from "./selection";
import { Usable, useUsableWords } from "./Usable";
import { words } from "./words";

const GAP = 6; // pixels
const TARGET = 220;
const TARGET_ON_PHONE = 150;

interface Props {
  readonly pictures: readonly Found[];
  readonly selection: Selection;
  readonly select: (change: (before: Selection) => Selection) => void;
  readonly open: (picture: Found) => void;
  /** Called when the end comes near: more may follow. */
  readonly more: () => void;
}

export function Grid({ pictures, selection, select, open, more }: Props) {
  const say = useWords(words);
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [top, setTop] = useState(0);
  const [active, setActive] = useState(0);
  const focusing = useRef(false);

  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const measure = () => {
      setWidth(element.clientWidth);
      setTop(element.getBoundingClientRect().top + scrollY);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, []);

  const ids = useMemo(() => pictures.map(({ asset_id }) => asset_id), [pictures]);
  const ratios = useMemo(() => pictures.map(ratioOf), [pictures]);
  const rows = useMemo(
    () => (width ? justify(ratios, width, width < 600 ? TARGET_ON_PHONE : TARGET, GAP) : []),
    [ratios, width],
  );
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: (index) => (rows[index]?.height ?? TARGET) + GAP,
    overscan: 3,
    scrollMargin: top,
  });
  useEffect(() => virtual.measure(), [rows, virtual]);

  const shown = virtual.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lastShown >= rows.length - 4) more();
  }, [lastShown, rows.length, more]);

  // Whoever is walked to may not be on the page yet: the focus follows once it is.
  useEffect(() => {
    if (!focusing.current) return;
    const tile = place.current?.querySelector<HTMLElement>(`[data-at="${active}"]`);
    if (!tile) return;
    focusing.current = false;
    tile.focus({ preventScroll: true });
  });

  const at = Math.min(active, Math.max(0, pictures.length - 1));
  const goTo = (index: number) => {
    focusing.current = true;
    setActive(index);
    virtual.scrollToIndex(rowOf(rows, index), { align: "auto" });
  };

  const press = (event: KeyboardEvent) => {
    if (event.altKey || event.metaKey) return;
    const steps: Readonly<Record<string, () => number>> = {
      ArrowRight: () => Math.min(at + 1, pictures.length - 1),
      ArrowLeft: () => Math.max(at - 1, 0),
      ArrowDown: () => across(rows, ratios, at, 1),
      ArrowUp: () => across(rows, ratios, at, -1),
      Home: () => 0,
      End: () => pictures.length - 1,
    };
    const step = steps[event.key];
    const picture = pictures[at];
    if (event.ctrlKey && event.key === "a") select(() => all(ids));
    else if (event.ctrlKey && event.key !== "Home" && event.key !== "End") return;
    else if (step) {
      const index = step();
      if (event.shiftKey) {
        // A range begins where somebody stood when shift went down.
        select((before) =>
          ranged(before.ids.size ? before : { ...NOTHING, anchor: at }, ids, index),
        );
      }
      goTo(index);
    } else if (event.key === " ") select((before) => toggled(before, ids, at));
    else if (event.key === "Enter" && picture) open(picture);
    else if (event.key === "Escape") select(() => NOTHING);
    else return;
    event.preventDefault();
  };

  const choose = useCallback(
    (index: number, range: boolean) => {
      setActive(index);
      select((before) => (range ? ranged(before, ids, index) : toggled(before, ids, index)));
    },
    [select, ids],
  );

  return (
    <div
      ref={place}
      role="grid"
      tabIndex={-1}
      aria-label={say("grid")}
      aria-rowcount={rows.length}
      aria-multiselectable="true"
      className={css.grid}
      style={{ height: virtual.getTotalSize() }}
      onKeyDown={press}
      data-choosing={selection.ids.size > 0}
    >
      {shown.map(({ index, start }) => {
        const row = rows[index];
        return (
          row && (
            <div
              key={index}
              role="row"
              aria-rowindex={index + 1}
              className={css.row}
              style={{ transform: `translateY(${start - top}px)`, height: row.height }}
            >
              {within(row).map((each) => {
                const picture = pictures[each];
                return (
                  picture && (
                    <Tile
                      key={picture.asset_id}
                      picture={picture}
                      index={each}
                      width={row.height * (ratios[each] ?? 1)}
                      chosen={selection.ids.has(picture.asset_id)}
                      reachable={each === at}
                      choose={choose}
                      open={open}
                    />
                  )
                );
              })}
            </div>
          )
        );
      })}
    </div>
  );
}

const within = ({ start, end }: Row) =>
  Array.from({ length: end - start }, (_, offset) => start + offset);

const STAYS = 90; // milliseconds after which a tile counts as looked at

/** What is asked for only where somebody stays: not for all that flies past. */
function Settled({ children }: { children: ReactNode }) {
  const [there, setThere] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setThere(true), STAYS);
    return () => clearTimeout(timer);
  }, []);
  return there ? children : null;
}

interface TileProps {
  readonly picture: Found;
  readonly index: number;
  readonly width: number;
  readonly chosen: boolean;
  readonly reachable: boolean;
  readonly choose: (index: number, range: boolean) => void;
  readonly open: (picture: Found) => void;
}

const Tile = memo(function Tile(props: TileProps) {
  const { picture, index, width, chosen, reachable, choose, open } = props;
  const say = useWords(words);
  const usable = useUsableWords()(picture);
  const title = picture.title ?? picture.file_name;
  const click = (event: MouseEvent) => {
    if (event.shiftKey) choose(index, true);
    else if (event.ctrlKey || event.metaKey) choose(index, false);
    else open(picture);
  };
  return (
    // The grid hears the keys for all of its cells.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      role="gridcell"
      tabIndex={reachable ? 0 : -1}
      aria-selected={chosen}
      title={usable || undefined}
      data-at={index}
      className={css.tile}
      style={{ width }}
      onClick={click}
    >
      {picture.status === "expected" || picture.status === "rejected" ? (
        <span className={css.bare}>
          <Icon name="picture" size={32} />
        </span>
      ) : (
        <Settled>
          <Rendition assetId={picture.asset_id} name="thumb" alt="" />
        </Settled>
      )}
      <button
        type="button"
        tabIndex={-1}
        className={css.pick}
        aria-label={say("choose", { title })}
        aria-pressed={chosen}
        onClick={(event) => {
          event.stopPropagation();
          choose(index, event.shiftKey);
        }}
      >
        <Icon name="check" size={16} />
      </button>
      <span className={css.told}>
        <span className={css.title}>{title}</span>
        <Usable picture={picture} />
        {usable && <span className={css.unseen}>{usable}</span>}
      </span>
    </div>
  );
});
