// Each face: who it is and how that is known, what they agreed to per channel, and what
// can be said of it.

import { useEffect, useRef } from "react";
import { Link } from "wouter";

import { useFormat } from "../../lib/format";
import { useTold, useWords } from "../../lib/words";
import { Badge, type Tone } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { Section } from "../../parts/Page";
import { useShortcut } from "../../parts/Shortcuts";
import { Notice } from "../../parts/States";
import { toast } from "../../parts/Toasts";
import {
  answerFace,
  latest,
  markFace,
  personOf,
  useDeed,
  type Answer,
  type Asset,
  type Channel,
  type Face,
  type Finding,
  type Mark,
} from "./asset";
import { FaceCrop } from "./FaceCrop";
import { Naming } from "./Naming";
import css from "./pictures.module.css";
import { standing, useFaceName } from "./Stage";
import { words } from "./words";

/** How a reason about one face is drawn; its words are the API's. */
export function toneOf(id: Finding["id"]): Tone {
  switch (id) {
    case "grant_in_force":
    case "basis_in_force":
    case "face_not_recognisable":
      return "yes";
    case "face_unresolved":
    case "suggestion_waiting":
    case "face_ambiguous":
    case "grant_not_yet":
      return "wait";
    case "face_to_mask":
      return "none";
    default:
      return "no";
  }
}

interface Said {
  readonly person: string;
  readonly answer: Answer;
}

interface Props {
  readonly asset: Asset;
  readonly names: ReadonlyMap<string, string | undefined>;
  readonly chosen: string | null;
  readonly choose: (faceId: string) => void;
  /** The face whose name field takes the keyboard; counted, so that again is again. */
  readonly entered: number;
  /** A face was answered: on to the next. */
  readonly done: (faceId: string) => void;
}

export function Faces({ asset, names, chosen, choose, entered, done }: Props) {
  const say = useWords(words);
  const faces = asset.faces ?? [];
  return (
    <Section title={say("faces", { count: faces.length })}>
      {asset.faces === null && <Notice kind="wait">{say("not_looked")}</Notice>}
      {asset.faces?.length === 0 && <p className={css.soft}>{say("no_faces")}</p>}
      {!asset.faces_complete && asset.faces && (
        <Notice kind="no">{say("faces_incomplete")}</Notice>
      )}
      <ol className={css.faces}>
        {faces.map((face) => (
          <FaceRow
            key={face.face_id}
            asset={asset}
            face={face}
            names={names}
            open={face.face_id === chosen}
            choose={choose}
            entered={face.face_id === chosen ? entered : 0}
            done={done}
          />
        ))}
      </ol>
    </Section>
  );
}

interface RowProps extends Omit<Props, "chosen"> {
  readonly face: Face;
  readonly open: boolean;
}

function FaceRow({ asset, face, names, open, choose, entered, done }: RowProps) {
  const say = useWords(words);
  const nameOf = useFaceName(asset.faces ?? [], names);
  const row = useRef<HTMLLIElement>(null);
  const who = useRef<HTMLButtonElement>(null);
  const held = personOf(face);
  const state = standing(face);
  const known =
    held?.status === "suggested" && held.band
      ? say(`band_${held.band}`)
      : say(`standing_${state}`);

  useEffect(() => {
    if (!open || !entered) return;
    row.current?.scrollIntoView({ block: "nearest" });
    // Where there is no name to type, the keyboard stands at the face itself.
    if (!row.current?.querySelector("input")) who.current?.focus();
    // Its name field goes when it is named, and the keyboard with it.
  }, [open, entered, state]);

  return (
    <li ref={row} className={css.face} data-open={open || undefined}>
      <button
        ref={who}
        type="button"
        className={css.who}
        aria-expanded={open}
        onClick={() => choose(face.face_id)}
      >
        <FaceCrop asset={asset} face={face} />
        <span>
          <strong>{nameOf(face.face_id)}</strong>
          <span className={css.soft}>{known}</span>
        </span>
      </button>
      {open && <FaceDeeds {...{ asset, face, names, entered, done }} />}
    </li>
  );
}

type DeedsProps = Pick<RowProps, "asset" | "face" | "names" | "entered" | "done">;

function FaceDeeds({ asset, face, names, entered, done }: DeedsProps) {
  const say = useWords(words);
  const id = asset.asset_id;
  const held = personOf(face);
  const may = (operation: Asset["affordances"][number]) =>
    asset.affordances.includes(operation);
  const suggested = held?.status === "suggested" && may("suggestion:confirm") ? held : null;
  const confirmed = held?.status === "confirmed" ? held : null;
  const called = (person: string) => names.get(person) ?? "…";

  const undo = useDeed(id, async ({ person, answer: said }: Said) =>
    answerFace(await latest(id), face.face_id, person, said === "confirm" ? "reject" : "confirm"),
  );
  const answer = useDeed(
    id,
    ({ person, answer: said }: Said) => answerFace(asset, face.face_id, person, said),
    (result, given) => {
      if ("proposal_id" in result) return toast(say("waits_for_second"));
      const back = () => undo.mutate(given);
      toast(say(given.answer === "confirm" ? "named" : "not_them"), { undo: back });
      if (given.answer === "confirm") done(face.face_id);
    },
  );
  const unmark = useDeed(id, async (wanted: Mark) =>
    markFace(await latest(id), face.face_id, wanted),
  );
  const mark = useDeed(
    id,
    (wanted: Mark) => markFace(asset, face.face_id, wanted),
    (_, wanted) => {
      const back = () => unmark.mutate(face.mark);
      toast(say(`marked_${wanted}`), { undo: back });
      if (wanted !== "unmarked") done(face.face_id);
    },
  );
  const busy = answer.isPending || mark.isPending;
  const free = !busy && asset.settled;

  useShortcut(
    "y",
    say("key_yes"),
    () => suggested && answer.mutate({ person: suggested.person_id, answer: "confirm" }),
    suggested !== null && free,
  );
  useShortcut(
    "x",
    say("key_no"),
    () => {
      const who = suggested ?? confirmed;
      if (who) answer.mutate({ person: who.person_id, answer: "reject" });
    },
    (suggested ?? confirmed) !== null && may("appearance:confirm") && free,
  );
  useShortcut("m", say("key_mask"), () => mark.mutate("mask"), may("appearance:mark") && free);
  useShortcut(
    "u",
    say("key_unrecognisable"),
    () => mark.mutate("not_recognisable"),
    may("appearance:mark") && free,
  );

  return (
    <div className={css.deeds}>
      {suggested && (
        <div className={css.suggestion}>
          <p>{say("is_this", { name: called(suggested.person_id) })}</p>
          <div className={css.buttons}>
            <Button
              kind="main"
              icon="check"
              isDisabled={busy}
              onPress={() => answer.mutate({ person: suggested.person_id, answer: "confirm" })}
            >
              {say("yes_them")}
            </Button>
            <Button
              icon="close"
              isDisabled={busy}
              onPress={() => answer.mutate({ person: suggested.person_id, answer: "reject" })}
            >
              {say("no_other")}
            </Button>
          </div>
        </div>
      )}
      <Agreed asset={asset} face={face} />
      {may("appearance:confirm") && face.mark !== "not_recognisable" && !confirmed && (
        <Naming
          key={entered}
          label={say("who_is_this")}
          sessionId={asset.session_id}
          without={face.appearances
            .filter((each) => each.status === "rejected")
            .map((each) => each.person_id)}
          choose={(person) => answer.mutate({ person, answer: "confirm" })}
          eager={entered > 0 && !suggested}
          busy={busy}
        />
      )}
      <div className={css.buttons}>
        {confirmed && (
          <Link className={css.more} href={`/people/${confirmed.person_id}`}>
            {say("open_person")}
          </Link>
        )}
        {confirmed && may("appearance:confirm") && (
          <Button
            kind="quiet"
            icon="close"
            isDisabled={busy}
            onPress={() => answer.mutate({ person: confirmed.person_id, answer: "reject" })}
          >
            {say("not_this_person")}
          </Button>
        )}
        {may("appearance:mark") && face.mark !== "mask" && (
          <Button kind="quiet" icon="mask" isDisabled={busy} onPress={() => mark.mutate("mask")}>
            {say("cover")}
          </Button>
        )}
        {may("appearance:mark") && face.mark === "unmarked" && !confirmed && (
          <Button
            kind="quiet"
            icon="person"
            isDisabled={busy}
            onPress={() => mark.mutate("not_recognisable")}
          >
            {say("unrecognisable")}
          </Button>
        )}
        {may("appearance:mark") && face.mark !== "unmarked" && (
          <Button kind="quiet" icon="undo" isDisabled={busy} onPress={() => mark.mutate("unmarked")}>
            {say("unmark")}
          </Button>
        )}
      </div>
    </div>
  );
}

/** What is said of one face, per channel. */
function Agreed({ asset, face }: { asset: Asset; face: Face }) {
  const say = useWords(words);
  const told = useTold();
  const format = useFormat();
  const mine = asset.decision.findings.filter((each) => each.face_id === face.face_id);
  const channels = Object.keys(asset.decision.per_channel) as Channel[];
  if (!mine.length) return null;
  return (
    <ul className={css.agreed} aria-label={say("per_channel")}>
      {channels.map((channel) => {
        const found = mine.find((each) => each.channel === channel || each.channel === null);
        if (!found) return null;
        return (
          <li key={channel} title={found.words}>
            <Badge tone={toneOf(found.id)}>{say(`channel_${channel}`)}</Badge>
            <span className={css.soft}>
              {found.until && found.until > asset.decision.at ? say("until", { day: format.day(found.until) }) : null}
            </span>
            <span className={css.unseen}>{`${told(channel)} ${found.words}`}</span>
          </li>
        );
      })}
    </ul>
  );
}
