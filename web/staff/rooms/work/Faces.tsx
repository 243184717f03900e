// Faces to name, one after another: who signed at the session first, then anybody. Each
// answer is a key, and leads to the next face.

import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";

import { api, ask, type Schema } from "../../lib/api";
import { useMay } from "../../lib/me";
import { useWords } from "../../lib/words";
import { Button, LinkButton } from "../../parts/Button";
import { TextField } from "../../parts/Fields";
import { Rendition } from "../../parts/Rendition";
import { useShortcut } from "../../parts/Shortcuts";
import { Empty, Failed, Loading, Shown } from "../../parts/States";
import { toast } from "../../parts/Toasts";
import { found, useDeed, useNames, usePeople } from "../people/data";
import { candidates, openFaces, suggestionOf } from "./open";
import { words } from "./words";
import css from "./work.module.css";

type Asset = Schema["AssetView"];
type Face = Schema["FaceView"];

const WAITING = ["work", "faces"] as const;
/** As many people as a digit can choose. */
const DIGITS = 9;

export const useWaiting = () => {
  const may = useMay();
  return useInfiniteQuery({
    queryKey: WAITING,
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/v1/assets", {
          params: {
            query: {
              status: "embargoed",
              limit: 50,
              ...(pageParam ? { cursor: pageParam } : {}),
            },
          },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.cursor ?? undefined,
    enabled: may("appearance:confirm"),
  });
};

export function Faces() {
  const say = useWords(words);
  const waiting = useWaiting();
  const [done, setDone] = useState<ReadonlySet<string>>(new Set());
  const [skipped, setSkipped] = useState<ReadonlySet<string>>(new Set());
  if (waiting.error && !waiting.data) {
    return <Failed error={waiting.error} again={() => void waiting.refetch()} />;
  }
  if (!waiting.data) return <Loading rows={5} />;
  const left = waiting.data.pages
    .flatMap((page) => page.items)
    .filter((each) => !done.has(each.asset_id) && each.face_count !== 0);
  const [now] = left;
  const anew = () => {
    setDone(new Set());
    setSkipped(new Set());
    void waiting.refetch();
  };
  if (!now) {
    if (waiting.hasNextPage) {
      if (!waiting.isFetching) void waiting.fetchNextPage();
      return <Loading rows={5} />;
    }
    return (
      <Empty
        icon="check"
        title={say("faces_done")}
        text={say("faces_done_text")}
        action={<Button onPress={anew}>{say("again")}</Button>}
      />
    );
  }
  return (
    <>
      <p className={css.soft}>{say("faces_lead")}</p>
      <Picture
        key={now.asset_id}
        assetId={now.asset_id}
        left={left.length}
        skipped={skipped}
        skip={(faceId) => setSkipped(new Set([...skipped, faceId]))}
        through={() => setDone(new Set([...done, now.asset_id]))}
      />
    </>
  );
}

interface PictureProps {
  readonly assetId: string;
  readonly left: number;
  readonly skipped: ReadonlySet<string>;
  readonly skip: (faceId: string) => void;
  readonly through: () => void;
}

function Picture({ assetId, left, skipped, skip, through }: PictureProps) {
  const asset = useQuery({
    queryKey: ["assets", assetId, "naming"],
    queryFn: () =>
      ask(
        api.GET("/v1/assets/{asset_id}", { params: { path: { asset_id: assetId } } }),
      ),
  });
  return (
    <Shown of={asset} rows={5}>
      {(data) => {
        const open = openFaces(data, skipped);
        const [face] = open;
        if (!face) return <Through through={through} />;
        return (
          <Naming
            key={face.face_id}
            asset={data}
            face={face}
            left={left}
            skip={() => skip(face.face_id)}
          />
        );
      }}
    </Shown>
  );
}

/** Nothing is left in this picture: on to the next one. */
function Through({ through }: { through: () => void }) {
  const once = useRef(false);
  return (
    <span
      ref={(shown) => {
        if (!shown || once.current) return;
        once.current = true;
        through();
      }}
    />
  );
}

interface NamingProps {
  readonly asset: Asset;
  readonly face: Face;
  readonly left: number;
  readonly skip: () => void;
}

function Naming({ asset, face, left, skip }: NamingProps) {
  const say = useWords(words);
  const nameOf = useNames();
  const queries = useQueryClient();
  const { people } = usePeople(true);
  const [text, setText] = useState("");
  const field = useRef<HTMLDivElement>(null);
  const known = (personId: string) => nameOf(personId) ?? say("someone");
  const may = (operation: Schema["Operation"]) => asset.affordances.includes(operation);
  const key = ["assets", asset.asset_id, "naming"];
  const keep = (view: Asset) => queries.setQueryData(key, view);
  const changes = [["asset", asset.asset_id]];

  const roster = useQuery({
    queryKey: ["sessions", asset.session_id, "roster"],
    queryFn: () =>
      ask(
        api.GET("/v1/sessions/{session_id}", {
          params: { path: { session_id: asset.session_id ?? "" } },
        }),
      ),
    enabled: asset.session_id !== null,
  });
  // The way back is a deed of its own, on the picture as it is by then.
  const takeBack = useDeed(
    async (personId: string) => {
      const { revision } = await read(asset.asset_id);
      return sayWho(asset.asset_id, face.face_id, {
        personId,
        answer: "reject",
        revision,
      });
    },
    changes,
    (view) => {
      if (!("proposal_id" in view)) keep(view);
    },
  );
  const given = useDeed(
    (answered: Answer) => sayWho(asset.asset_id, face.face_id, answered),
    changes,
    (view, { personId, answer }) => {
      if ("proposal_id" in view) {
        toast(say("waits"));
        skip();
        return;
      }
      keep(view);
      const name = known(personId);
      if (answer === "reject") toast(say("rejected", { name }));
      else toast(say("named", { name }), { undo: () => takeBack.mutate(personId) });
    },
  );
  const mark = useDeed(
    () =>
      ask(
        api.PUT("/v1/assets/{asset_id}/faces/{face_id}/mark", {
          params: {
            path: { asset_id: asset.asset_id, face_id: face.face_id },
            header: { "If-Match": `"${asset.revision}"` },
          },
          body: { mark: "not_recognisable" },
        }),
      ),
    changes,
    (view) => {
      keep(view);
      toast(say("marked"));
    },
  );
  const busy = given.isPending || mark.isPending;
  const answer = (personId: string, said: Answer["answer"]) => {
    if (busy) return;
    given.mutate({ personId, answer: said, revision: asset.revision });
  };
  const suggestion = suggestionOf(face);
  const offered = candidates(asset, face, roster.data?.people ?? [])
    .filter((each) => each !== suggestion)
    .slice(0, DIGITS);
  const others = text ? found(people ?? [], text).slice(0, 6) : [];
  const total = asset.faces?.length ?? 1;
  const number = 1 + (asset.faces ?? []).findIndex((each) => each.face_id === face.face_id);

  useShortcut("y", say("key_yes"), () => suggestion && answer(suggestion, "confirm"));
  useShortcut("n", say("key_no"), () => suggestion && answer(suggestion, "reject"));
  useShortcut("s", say("key_skip"), skip);
  useShortcut(
    "m",
    say("key_mark"),
    () => !busy && mark.mutate(undefined),
    may("appearance:mark"),
  );
  useShortcut("/", say("key_find"), () => field.current?.querySelector("input")?.focus());
  return (
    <div className={css.naming}>
      <div className={css.pictures}>
        <Crop asset={asset} face={face} />
        <Framed asset={asset} face={face} />
      </div>
      <section className={css.who} aria-label={say("who")}>
        <div>
          <h2>{say("who")}</h2>
          <p className={css.soft} role="status">
            {say("face_of", { number, total })} · {say("pictures_left", { count: left })}
          </p>
        </div>
        {suggestion && (
          <div className={css.people}>
            <p>{say("suggested", { name: known(suggestion) })}</p>
            <div className={css.row}>
              <Button
                kind="main"
                isDisabled={busy}
                onPress={() => answer(suggestion, "confirm")}
              >
                <kbd>y</kbd> {say("yes", { name: known(suggestion) })}
              </Button>
              <Button isDisabled={busy} onPress={() => answer(suggestion, "reject")}>
                <kbd>n</kbd> {say("no")}
              </Button>
            </div>
          </div>
        )}
        <div className={css.people}>
          <h3>{say("from_session")}</h3>
          {asset.session_id === null && <p className={css.soft}>{say("no_session")}</p>}
          {roster.data && offered.length === 0 && (
            <p className={css.soft}>{say("no_roster")}</p>
          )}
          {offered.map((personId, index) => (
            <Candidate
              key={personId}
              digit={index + 1}
              name={known(personId)}
              disabled={busy}
              choose={() => answer(personId, "confirm")}
            />
          ))}
        </div>
        <form
          className={css.people}
          onSubmit={(event) => {
            event.preventDefault();
            const [first] = others;
            if (first) answer(first.person_id, "confirm");
          }}
        >
          <div ref={field}>
            <TextField
              label={say("find")}
              type="search"
              value={text}
              change={setText}
              hint={say("find_hint")}
            />
          </div>
          {text && others.length === 0 && <p role="status">{say("not_found")}</p>}
          {others.map((each) => (
            <Button
              key={each.person_id}
              isDisabled={busy}
              onPress={() => answer(each.person_id, "confirm")}
            >
              {each.name ?? say("someone")}
            </Button>
          ))}
        </form>
        <div className={css.row}>
          {may("appearance:mark") && (
            <Button isDisabled={busy} onPress={() => mark.mutate(undefined)}>
              <kbd>m</kbd> {say("not_recognisable")}
            </Button>
          )}
          <Button kind="quiet" onPress={skip}>
            <kbd>s</kbd> {say("skip")}
          </Button>
          <LinkButton kind="quiet" href={`/pictures/${asset.asset_id}`}>
            {say("open_picture")}
          </LinkButton>
        </div>
      </section>
    </div>
  );
}

interface Answer {
  readonly personId: string;
  readonly answer: "confirm" | "reject";
  readonly revision: number;
}

const sayWho = (asset_id: string, face_id: string, given: Answer) =>
  ask(
    api.PUT("/v1/assets/{asset_id}/faces/{face_id}/people/{person_id}", {
      params: {
        path: { asset_id, face_id, person_id: given.personId },
        header: { "If-Match": `"${given.revision}"` },
      },
      body: { answer: given.answer },
    }),
  );

const read = (asset_id: string) =>
  ask(api.GET("/v1/assets/{asset_id}", { params: { path: { asset_id } } }));

interface CandidateProps {
  readonly digit: number;
  readonly name: string;
  readonly disabled: boolean;
  readonly choose: () => void;
}

function Candidate({ digit, name, disabled, choose }: CandidateProps) {
  const say = useWords(words);
  useShortcut(String(digit), say("key_number", { number: digit }), choose);
  return (
    <Button isDisabled={disabled} onPress={choose}>
      <kbd>{digit}</kbd> {name}
    </Button>
  );
}

/** The face with some room around it, cut from the preview. */
function Crop({ asset, face }: { asset: Asset; face: Face }) {
  const say = useWords(words);
  const { original } = asset;
  if (!original) return null;
  const { x, y, width, height } = face.box;
  const side = Math.max(width, height) * 1.5;
  const fraction = (value: number) => `${(value / side) * 100}%`;
  return (
    <div className={css.crop} role="img" aria-label={say("the_face")}>
      <div
        aria-hidden="true"
        style={{
          width: fraction(original.width),
          height: fraction(original.height),
          left: fraction(side / 2 - x - width / 2),
          top: fraction(side / 2 - y - height / 2),
        }}
      >
        <Rendition assetId={asset.asset_id} name="preview" alt="" />
      </div>
    </div>
  );
}

function Framed({ asset, face }: { asset: Asset; face: Face }) {
  const say = useWords(words);
  const { original } = asset;
  if (!original) return null;
  const { x, y, width, height } = face.box;
  return (
    <div
      className={css.whole}
      style={{
        aspectRatio: `${original.width} / ${original.height}`,
        maxWidth: `calc(65vh * ${original.width / original.height})`,
      }}
    >
      <Rendition
        assetId={asset.asset_id}
        name="preview"
        alt={asset.description.title ?? say("the_picture")}
      />
      <span
        className={css.box}
        style={{
          left: `${(x / original.width) * 100}%`,
          top: `${(y / original.height) * 100}%`,
          width: `${(width / original.width) * 100}%`,
          height: `${(height / original.height) * 100}%`,
        }}
      />
    </div>
  );
}
