// Every file with how far it is; only the rows that are seen are drawn.

import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import { Link } from "wouter";

import { useFormat } from "../../lib/format";
import { useTold, useWords } from "../../lib/words";
import { Badge, type Tone } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { useSentence } from "../../parts/States";
import { queue, type Item, type State } from "./queue";
import { LeaveEndedError, StoreBusyError } from "./sending";
import css from "./upload.module.css";
import { words } from "./words";

const TONES: Readonly<Record<State, Tone>> = {
  waiting: "none",
  sending: "wait",
  examined: "wait",
  done: "yes",
  refused: "no",
  failed: "no",
  left_out: "none",
};

export function List({ items }: { items: readonly Item[] }) {
  const say = useWords(words);
  const frame = useRef<HTMLDivElement>(null);
  const narrow = innerWidth < 640;
  // eslint-disable-next-line react-hooks/incompatible-library -- it draws its own rows
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => frame.current,
    estimateSize: () => (narrow ? 88 : 64),
    overscan: 8,
  });
  return (
    // A frame that scrolls is reached by keyboard, too.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div ref={frame} className={css.list} role="group" aria-label={say("files")} tabIndex={0}>
      <ul className={css.rows} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const item = items[index];
          return (
            item && (
              <li
                key={key}
                className={css.row}
                style={{ transform: `translateY(${start}px)` }}
                aria-posinset={index + 1}
                aria-setsize={items.length}
              >
                <Row item={item} />
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}

function Row({ item }: { item: Item }) {
  const say = useWords(words);
  const format = useFormat();
  const why = useWhy();
  const { file, state, assetId } = item;
  const percent = `${Math.floor((100 * item.sent) / Math.max(1, file.size))}%`;
  const again = state === "failed" || state === "refused";
  return (
    <>
      <span className={css.name}>
        <strong title={file.webkitRelativePath || file.name}>{file.name}</strong>
        <span className={css.soft}>{why(item) ?? format.size(file.size)}</span>
      </span>
      <Badge tone={TONES[state]}>{say(`state_${state}`, { percent })}</Badge>
      <span className={css.buttons}>
        {assetId && state !== "refused" && (
          <Link href={`/pictures/${assetId}`} aria-label={say("open_name", { name: file.name })}>
            {say("open")}
          </Link>
        )}
        {again && (
          <Button
            kind="quiet"
            icon="undo"
            aria-label={say("retry_name", { name: file.name })}
            onPress={() => queue.retry(item.id)}
          >
            {say("retry")}
          </Button>
        )}
      </span>
    </>
  );
}

/** What is to be said of a file besides its state; null where there is nothing. */
function useWhy(): (item: Item) => string | null {
  const say = useWords(words);
  const told = useTold();
  const sentence = useSentence();
  return ({ state, leftOut, error, asset }) => {
    if (leftOut) return say(`left_${leftOut}`);
    if (state === "failed") {
      if (error instanceof LeaveEndedError) return say("store_failed");
      if (error === undefined || (error as Error).name === "AbortError") return say("stopped");
      return error instanceof StoreBusyError ? say("store_failed") : sentence(error);
    }
    if (state === "refused" && asset?.rejection) return told(asset.rejection.reason);
    if (state !== "done" || !asset) return null;
    if (error) return say("not_collected", { why: sentence(error) });
    if (asset.duplicate_of) return say("duplicate");
    if (asset.near_duplicates?.length) return say("near", { count: asset.near_duplicates.length });
    return asset.faces ? say("faces", { count: asset.faces.length }) : null;
  };
}
