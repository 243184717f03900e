// What may be done with the picture, channel by channel: the API's verdict, its reasons in
// its words, and the next step as a button. Channels with the same answer stand together.

import { useFormat } from "../../lib/format";
import { useMay } from "../../lib/me";
import { useWords } from "../../lib/words";
import { Badge, StatusBadge, type Tone } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { Section } from "../../parts/Page";
import { Notice } from "../../parts/States";
import { toneOf } from "./Faces";
import type { Asset, Channel, Finding } from "./asset";
import css from "./pictures.module.css";
import { useFaceName } from "./Stage";
import { words } from "./words";

/** What somebody can go on with from a reason. */
export type Step =
  | { readonly kind: "name"; readonly face: string }
  | { readonly kind: "ask"; readonly person: string }
  | { readonly kind: "cover"; readonly face: string }
  | { readonly kind: "declare" | "unfreeze" | "retry" };

interface Group {
  readonly channels: readonly Channel[];
  readonly verdict: Asset["decision"]["per_channel"][Channel];
  readonly leaves: boolean;
  readonly findings: readonly Finding[];
}

/** Channels with the same verdict for the same reasons, in one group. */
export function grouped({ decision }: Asset): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const [name, verdict] of Object.entries(decision.per_channel)) {
    const channel = name as Channel;
    const findings = decision.findings.filter(
      (each) => each.channel === null || each.channel === channel,
    );
    const leaves = channel in decision.leaves;
    const key = JSON.stringify([
      verdict,
      leaves,
      findings.map(({ id, face_id, person_id }) => [id, face_id, person_id]),
    ]);
    const there = groups.get(key);
    groups.set(key, {
      channels: [...(there?.channels ?? []), channel],
      verdict,
      leaves,
      findings: [...(there?.findings ?? []), ...findings],
    });
  }
  const order = (group: Group) => (group.leaves ? 0 : group.verdict === "restricted" ? 2 : 1);
  return [...groups.values()].sort((one, other) => order(one) - order(other));
}

/** Reasons with the same words once, with everybody whom they are about. */
export function bySentence(findings: readonly Finding[]): readonly (readonly Finding[])[] {
  const found = new Map<string, Finding[]>();
  for (const each of findings) {
    // In a group of channels the same is said of the same face more than once: of what
    // ends on different days, what ends first.
    const there = found.get(each.id) ?? [];
    const known = there.findIndex(
      ({ face_id, person_id }) => face_id === each.face_id && person_id === each.person_id,
    );
    const said = there[known];
    if (!said) found.set(each.id, [...there, each]);
    else if (each.until && (!said.until || each.until < said.until))
      found.set(each.id, there.with(known, each));
  }
  return [...found.values()];
}

const NAME = new Set(["face_unresolved", "suggestion_waiting", "face_ambiguous"]);
const ASK = new Set(["no_grant", "not_granted_here", "grant_ended"]);
const COVER = new Set([...ASK, "grant_withdrawn"]);
const DEEDS = {
  file_undeclared: "declare",
  asset_restricted: "unfreeze",
  not_examined: "retry",
  faces_forgotten: "retry",
} as const;
const NEEDS = {
  declare: "appearance:confirm",
  unfreeze: "asset:unrestrict",
  retry: "asset:retry",
} as const;

interface Props {
  readonly asset: Asset;
  readonly names: ReadonlyMap<string, string | undefined>;
  readonly release: () => void;
  readonly step: (step: Step) => void;
}

export function Verdicts({ asset, names, release, step }: Props) {
  const say = useWords(words);
  const format = useFormat();
  const { decision } = asset;
  const mayRelease = asset.affordances.includes("asset:release");
  return (
    <Section
      title={say("verdict")}
      actions={
        mayRelease && (
          <Button kind="main" icon="check" onPress={release} isDisabled={!asset.settled}>
            {say("release")}
          </Button>
        )
      }
    >
      <div className={css.outcome}>
        <StatusBadge status={asset.status} />
        <p>{decision.words}</p>
        {decision.valid_until && (
          <p className={css.soft}>
            {say("changes_on", { day: format.moment(decision.valid_until) })}
          </p>
        )}
      </div>
      {!asset.settled && <Notice kind="wait">{say("under_way")}</Notice>}
      <ul className={css.groups}>
        {grouped(asset).map((group, at, all) => (
          <li key={group.channels.join()}>
            <GroupView
              asset={asset}
              group={group}
              names={names}
              step={step}
              before={all.slice(0, at).flatMap(({ findings }) => findings)}
            />
          </li>
        ))}
      </ul>
    </Section>
  );
}

interface GroupProps extends Pick<Props, "asset" | "names" | "step"> {
  readonly group: Group;
  /** What was said of the groups above it: their steps are not offered twice. */
  readonly before: readonly Finding[];
}

function GroupView({ asset, group, names, step, before }: GroupProps) {
  const say = useWords(words);
  const { verdict, leaves, channels, findings } = group;
  const tone: Tone = leaves ? "yes" : verdict === "restricted" ? "no" : "wait";
  const answer = leaves
    ? say(verdict === "masked" ? "leaves_masked" : "leaves")
    : say(`verdict_${verdict}`);
  return (
    <>
      <div className={css.channels}>
        <Badge tone={tone} {...(verdict === "masked" ? { icon: "mask" as const } : {})}>
          {answer}
        </Badge>
        <strong>{channels.map((each) => say(`channel_${each}`)).join(" · ")}</strong>
      </div>
      <ul className={css.reasons}>
        {bySentence(findings).map((same) => (
          <Reason
            key={same[0]?.id}
            {...{ asset, same, names, step, before }}
            stays={verdict === "restricted"}
          />
        ))}
      </ul>
    </>
  );
}

interface ReasonProps extends Pick<Props, "asset" | "names" | "step"> {
  readonly same: readonly Finding[];
  readonly before: readonly Finding[];
  /** Nothing but covering lets the picture leave for these channels. */
  readonly stays: boolean;
}

function Reason({ asset, same, names, step, before, stays }: ReasonProps) {
  const say = useWords(words);
  const format = useFormat();
  const may = useMay();
  const nameOf = useFaceName(asset.faces ?? [], names);
  const [first] = same;
  if (!first) return null;
  const who = (finding: Finding) =>
    finding.face_id
      ? nameOf(finding.face_id)
      : finding.person_id
        ? (names.get(finding.person_id) ?? "…")
        : null;
  // The first day on which one of them ends; what has ended is told by its reason.
  const ends = same
    .flatMap(({ until }) => until ?? [])
    .filter((until) => until > asset.decision.at)
    .sort()[0];
  const about = [...new Set(same.map(who).filter((each) => each !== null))];
  const can = (operation: Asset["affordances"][number]) =>
    asset.affordances.includes(operation);
  const deed = DEEDS[first.id as keyof typeof DEEDS] as (typeof DEEDS)[keyof typeof DEEDS] | undefined;
  const steps: { readonly step: Step; readonly label: string }[] = [];
  const offered = (each: Finding) =>
    before.some(
      ({ id, face_id, person_id }) =>
        face_id === each.face_id && person_id === each.person_id && id === each.id,
    );
  for (const each of same.filter((one) => !offered(one))) {
    const name = who(each) ?? "";
    if (each.face_id && NAME.has(each.id) && can("appearance:confirm")) {
      steps.push({ step: { kind: "name", face: each.face_id }, label: say("step_name", { name }) });
    }
    if (each.person_id && ASK.has(each.id) && may("consent_request:create")) {
      steps.push({ step: { kind: "ask", person: each.person_id }, label: say("step_ask", { name }) });
    }
    if (each.face_id && COVER.has(each.id) && stays && can("appearance:mark")) {
      steps.push({ step: { kind: "cover", face: each.face_id }, label: say("step_cover", { name }) });
    }
  }
  if (deed && can(NEEDS[deed]) && !offered(first)) {
    steps.push({ step: { kind: deed }, label: say(`step_${deed}`) });
  }
  return (
    <li className={css.reason} data-tone={toneOf(first.id)}>
      <p>
        {about.length > 0 && <strong>{about.join(", ")}: </strong>}
        {first.words}
        {ends && <span className={css.soft}> {say("until", { day: format.day(ends) })}</span>}
      </p>
      {steps.length > 0 && (
        <div className={css.buttons}>
          {steps.map(({ step: next, label }) => (
            <Button key={label} onPress={() => step(next)}>
              {label}
            </Button>
          ))}
        </div>
      )}
    </li>
  );
}
