// Bringing many pictures in: what holds for all of them once, then the files.

import { useInfiniteQuery } from "@tanstack/react-query";
import {
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
  type ChangeEvent,
  type DragEvent,
} from "react";

import { api, ask, type Schema } from "../../lib/api";
import { fillableOf, useCollections } from "../../lib/collections";
import { useFormat } from "../../lib/format";
import { useMay } from "../../lib/me";
import { leaveTrail } from "../../lib/trail";
import { useTold, useWords } from "../../lib/words";
import { Button } from "../../parts/Button";
import { Checkbox, Select } from "../../parts/Fields";
import { Icon } from "../../parts/Icon";
import { Page, Section } from "../../parts/Page";
import { Empty, Notice } from "../../parts/States";
import { useSession } from "../pictures/asset";
import { dropped } from "./files";
import { List } from "./List";
import { NO_BATCH, queue, type Snapshot } from "./queue";
import css from "./upload.module.css";
import { words } from "./words";

const ORIGINS = ["own_picture", "public_web", "archive"] as const;

export default function Upload() {
  const say = useWords(words);
  const told = useTold();
  const [sessionId, setSession] = useState("");
  const [collectionId, setCollection] = useState("");
  const [origin, setOrigin] = useState<Schema["Origin"] | "">("");
  const [asIs, setAsIs] = useState(false);
  const now = useSyncExternalStore(queue.watch, queue.current);
  const sessions = useSessions();
  const collections = fillableOf(useCollections().data);
  const session = useSession(sessionId || null);
  const basis = session.data?.basis;

  const add = (files: readonly File[]) =>
    queue.add(
      files,
      {
        ...NO_BATCH,
        sessionId: sessionId || null,
        collectionId: collectionId || null,
        origin: origin || null,
      },
      asIs,
    );

  useLeaving(now.active);
  useEffect(() => leaveTrail(now.items.flatMap(({ assetId }) => assetId ?? [])), [now.items]);

  return (
    <Page title={say("title")} lead={say("lead")}>
      <Section title={say("for_all")}>
        <div className={css.choices}>
          <Select
            label={say("session")}
            value={sessionId}
            change={setSession}
            hint={say("session_hint")}
            options={[
              { value: "", words: say("no_session") },
              ...sessions.map((each) => ({
                value: each.session_id,
                words: `${each.title} · ${each.on}`,
              })),
            ]}
          />
          {collections.length > 0 && (
            <Select
              label={say("collection")}
              value={collectionId}
              change={setCollection}
              hint={say("collection_hint")}
              options={[
                { value: "", words: say("no_collection") },
                ...collections.map((each) => ({
                  value: each.collection_id,
                  words: each.title,
                })),
              ]}
            />
          )}
          <Select
            label={say("origin")}
            value={origin}
            change={(value) => setOrigin(value as typeof origin)}
            options={[
              { value: "", words: say("origin_unsaid") },
              ...ORIGINS.map((each) => ({ value: each, words: say(`origin_${each}`) })),
            ]}
          />
        </div>
        {basis && (
          <Notice kind="none">
            {say("session_basis", {
              kind: told(basis.kind),
              channels: basis.channels.map((each) => say(`channel_${each}`)).join(", "),
            })}
          </Notice>
        )}
        <Checkbox checked={asIs} change={setAsIs}>
          {say("as_is")}
        </Checkbox>
      </Section>
      <Zone add={add} />
      {now.items.length > 0 ? <Sent now={now} /> : <Empty icon="picture" title={say("empty")} />}
    </Page>
  );
}

/** The sessions, the latest first. */
function useSessions(): readonly Schema["SessionSummary"][] {
  const may = useMay();
  const found = useInfiniteQuery({
    queryKey: ["sessions", "for-upload"],
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/v1/sessions", {
          params: { query: { limit: 100, ...(pageParam ? { cursor: pageParam } : {}) } },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: ({ cursor }) => cursor,
    enabled: may("session:list"),
  });
  return found.data?.pages.flatMap(({ items }) => items) ?? [];
}

/** Whoever closes the tab while something is being sent is asked first. */
function useLeaving(active: boolean): void {
  useEffect(() => {
    if (!active) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [active]);
}

function Zone({ add }: { add: (files: readonly File[]) => void }) {
  const say = useWords(words);
  const [over, setOver] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);

  useEffect(() => folder.current?.setAttribute("webkitdirectory", ""), []);

  const drag = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void dropped(event.dataTransfer.items).then(add);
  };
  const chosen = ({ target }: ChangeEvent<HTMLInputElement>) => {
    add([...(target.files ?? [])].filter((file) => !file.name.startsWith(".")));
    target.value = "";
  };
  return (
    // What is dropped can be chosen with the buttons in it, too.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      className={css.zone}
      data-over={over || undefined}
      role="group"
      aria-label={say("drop")}
      onDragOver={drag}
      onDragEnter={drag}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Icon name="upload" size={36} />
      <strong>{say(over ? "drop_now" : "drop")}</strong>
      <div className={css.buttons}>
        <Button kind="main" icon="picture" onPress={() => files.current?.click()}>
          {say("choose_files")}
        </Button>
        <Button icon="collection" onPress={() => folder.current?.click()}>
          {say("choose_folder")}
        </Button>
      </div>
      <input ref={files} className={css.hidden} type="file" multiple onChange={chosen} tabIndex={-1} aria-label={say("choose_files")} />
      <input ref={folder} className={css.hidden} type="file" multiple onChange={chosen} tabIndex={-1} aria-label={say("choose_folder")} />
    </div>
  );
}

function Sent({ now }: { now: Snapshot }) {
  const say = useWords(words);
  const format = useFormat();
  const wanted = now.items.filter(({ state }) => state !== "left_out");
  const size = wanted.reduce((sum, { file }) => sum + file.size, 0);
  const sent = wanted.reduce((sum, item) => sum + item.sent, 0);
  const done = wanted.filter(({ state }) =>
    ["examined", "done", "refused"].includes(state),
  ).length;
  const problems = wanted.filter(({ state }) => state === "failed" || state === "refused");
  return (
    <Section
      title={say("progress")}
      actions={
        now.active ? (
          <Button icon="stop" onPress={() => queue.stop()}>
            {say("stop")}
          </Button>
        ) : (
          <Button icon="close" onPress={() => queue.clear()}>
            {say("clear")}
          </Button>
        )
      }
    >
      <div className={css.sum}>
        <progress max={Math.max(1, size)} value={sent} aria-label={say("progress")} />
        <div className={css.line}>
          <strong>{say("total", { done, count: wanted.length })}</strong>
          <span className={css.soft}>
            {say("bytes", { sent: format.size(sent), size: format.size(size) })}
          </span>
        </div>
        <p className={css.soft} role="status">
          {now.active ? say(navigator.onLine ? "under_way" : "offline") : !problems.length && say("all_sent")}
        </p>
      </div>
      {problems.length > 0 && (
        <Notice kind="no">
          <div className={css.line}>
            {say("problems", { count: problems.length })}
            <Button icon="undo" onPress={() => queue.retry()}>
              {say("retry_all")}
            </Button>
          </div>
        </Notice>
      )}
      <List items={now.items} />
    </Section>
  );
}
