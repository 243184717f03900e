// What becomes of each picture and each text of who is erased, and of the proof.

import { Link } from "wouter";

import { api, ask, type Schema } from "../../../lib/api";
import { useWords } from "../../../lib/words";
import { Badge } from "../../../parts/Badge";
import { Button } from "../../../parts/Button";
import { Checkbox, Select } from "../../../parts/Fields";
import { Section } from "../../../parts/Page";
import { Rendition } from "../../../parts/Rendition";
import { Problem } from "../../../parts/Problem";
import { label, More, useDeed, useLabel, usePages } from "../deeds";
import desk from "../desk.module.css";
import { one, readErasure, type Erasure } from "./asking";
import css from "./Plan.module.css";
import { words } from "./words";

type Picture = Schema["PlannedPictureView"];
type Planned = Erasure["texts"][number];
type Outcome = Schema["PictureOutcome"];

/** What the API takes in one change. */
const AT_ONCE = 80;

interface Props {
  readonly erasure: Erasure;
  readonly changeable: boolean;
}

function usePlan(id: string) {
  const say = useWords(words);
  return useDeed({
    run: async (order: Schema["PlanOrder"]) => {
      const pictures = order.pictures ?? [];
      for (let from = AT_ONCE; from < pictures.length; from += AT_ONCE) {
        const body = { pictures: pictures.slice(from, from + AT_ONCE) };
        await ask(api.PUT("/v1/erasures/{erasure_id}/plan", { ...one(id), body }));
      }
      const body = { ...order, pictures: pictures.slice(0, AT_ONCE) };
      return ask(api.PUT("/v1/erasures/{erasure_id}/plan", { ...one(id), body }));
    },
    touches: ["erasures"],
    said: say("planned"),
  });
}

export function PlannedPictures({ erasure, changeable }: Props) {
  const say = useWords(words);
  const found = usePages(["erasures", "pictures", erasure.erasure_id, erasure.state], (cursor) =>
    readErasure(erasure.erasure_id, cursor),
  );
  const plan = usePlan(erasure.erasure_id);
  const pictures = found.data?.pages.flatMap((page) => page.pictures) ?? erasure.pictures;
  const all = (outcome: Outcome) =>
    plan.act({ pictures: pictures.map(({ asset_id }) => ({ asset_id, outcome })) });
  return (
    <Section
      title={say("pictures")}
      actions={
        changeable &&
        pictures.length > 1 && (
          <>
            <Button isDisabled={plan.busy} onPress={() => all("erasure_mask")}>
              {say("mask_all")}
            </Button>
            <Button isDisabled={plan.busy} onPress={() => all("erasure_delete")}>
              {say("delete_all")}
            </Button>
          </>
        )
      }
    >
      <p className={desk.soft}>{say(pictures.length ? "pictures_lead" : "no_pictures")}</p>
      <Problem error={plan.problem} />
      <ul className={css.pictures}>
        {pictures.map((picture) => (
          <li key={picture.asset_id}>
            <One
              picture={picture}
              {...(changeable
                ? {
                    choose: (outcome: Outcome) =>
                      plan.act({ pictures: [{ asset_id: picture.asset_id, outcome }] }),
                  }
                : {})}
              busy={plan.busy}
            />
          </li>
        ))}
      </ul>
      <More of={found} />
    </Section>
  );
}

interface OneProps {
  readonly picture: Picture;
  readonly choose?: (outcome: Outcome) => void;
  readonly busy: boolean;
}

function One({ picture, choose, busy }: OneProps) {
  const say = useWords(words);
  const id = picture.asset_id.slice(0, 8);
  const gone = picture.done && picture.outcome === "erasure_delete";
  return (
    <div className={css.picture}>
      <Link href={`/pictures/${picture.asset_id}`} className={css.thumb} aria-label={`${say("a_picture")} ${id}`}>
        {!gone && <Rendition assetId={picture.asset_id} name="thumb" alt="" />}
      </Link>
      <p className={desk.small}>
        {say("theirs", { count: picture.faces })},{" "}
        {picture.others ? say("others", { count: picture.others }) : say("alone")}
        {picture.released && ` · ${say("released")}`}
      </p>
      {choose ? (
        <div className={css.choice} role="radiogroup" aria-label={say("choose", { id })}>
          {(["erasure_mask", "erasure_delete"] as const).map((outcome) => (
            <label key={outcome} data-chosen={picture.outcome === outcome || undefined}>
              <input
                type="radio"
                name={picture.asset_id}
                checked={picture.outcome === outcome}
                disabled={busy}
                onChange={() => choose(outcome)}
              />
              {say(outcome === "erasure_mask" ? "mask" : "delete")}
            </label>
          ))}
        </div>
      ) : (
        <Badge tone={picture.done ? "yes" : "none"}>{label(picture.outcome_words)}</Badge>
      )}
    </div>
  );
}

const REASONS: readonly Schema["LeavingReason"][] = [
  "leaving_another",
  "leaving_maker",
  "leaving_expression",
  "leaving_archive",
  "leaving_claim",
];

export function PlannedTexts({ erasure, changeable }: Props) {
  const say = useWords(words);
  const told = useLabel();
  const plan = usePlan(erasure.erasure_id);
  const choose = (text: Planned, value: string) => {
    const wish =
      value === "text_redact"
        ? { outcome: "text_redact" as const }
        : { outcome: "text_leave" as const, reason: value as Schema["LeavingReason"] };
    plan.act({ texts: [{ text_id: text.text_id, ...wish }] });
  };
  return (
    <Section title={say("texts")}>
      <p className={desk.soft}>{say("texts_lead")}</p>
      <Problem error={plan.problem} />
      <ul className={css.texts}>
        {erasure.texts.map((text) => (
          <li key={text.text_id}>
            <div>
              <p className={`${desk.soft} ${desk.small}`}>
                {text.what}{" "}
                {text.asset_id && (
                  <Link href={`/pictures/${text.asset_id}`}>{say("a_picture")}</Link>
                )}
              </p>
              <p className={desk.quote}>{text.text === null ? say("text_over") : <Named text={text} />}</p>
            </div>
            {changeable && text.outcome !== "text_gone" ? (
              <Select
                label={say("decide")}
                value={text.outcome === "text_leave" ? (text.reason ?? "") : (text.outcome ?? "")}
                change={(value) => choose(text, value)}
                disabled={plan.busy}
                options={[
                  ...(text.outcome === null ? [{ value: "", words: say("undecided") }] : []),
                  { value: "text_redact", words: told("text_redact") },
                  ...reasons(text).map((reason) => ({
                    value: reason,
                    words: say("leave_because", { reason: told(reason) }),
                  })),
                ]}
              />
            ) : (
              <Badge tone={text.outcome ? "none" : "wait"}>
                {text.outcome_words ? label(text.outcome_words) : say("undecided")}
                {text.reason_words && ` ${label(text.reason_words)}`}
              </Badge>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** The reasons that an officer may give, and the one that the API itself gave. */
function reasons(text: Planned): readonly Schema["LeavingReason"][] {
  return text.reason && !REASONS.includes(text.reason) ? [...REASONS, text.reason] : REASONS;
}

/** A text with the name in it marked, so that it is found at a glance. */
export function Named({ text }: { text: Planned }) {
  const said = [...(text.text ?? "")];
  const pieces = [];
  let at = 0;
  for (const [from = 0, to = 0] of text.spans) {
    pieces.push(said.slice(at, from).join(""));
    pieces.push(<mark key={from}>{said.slice(from, to).join("")}</mark>);
    at = to;
  }
  pieces.push(said.slice(at).join(""));
  return pieces;
}

/** Whether what proves consents stays, sealed, for its term. */
export function Proof({ erasure }: { erasure: Erasure }) {
  const say = useWords(words);
  const plan = usePlan(erasure.erasure_id);
  if (erasure.keep_proof === null || !erasure.person_id) return null;
  return (
    <Section title={say("proof")}>
      <Checkbox
        checked={erasure.keep_proof}
        disabled={plan.busy}
        change={(keep_proof) => plan.act({ keep_proof })}
      >
        {say("proof")}
      </Checkbox>
      <p className={`${desk.soft} ${desk.small}`}>{say("proof_hint")}</p>
      <Problem error={plan.problem} />
    </Section>
  );
}
