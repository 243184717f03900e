// Decide on one picture: what it shows, who is in it, where it may go, what is next.

import { useState } from "react";
import { useLocation } from "wouter";

import { stepsOf } from "../../lib/trail";
import { useWords } from "../../lib/words";
import { Button, IconButton } from "../../parts/Button";
import { Page } from "../../parts/Page";
import { useShortcut } from "../../parts/Shortcuts";
import { Notice, Shown } from "../../parts/States";
import { toast } from "../../parts/Toasts";
import {
  markFace,
  latest,
  peopleOf,
  personOf,
  useAsset,
  useDeed,
  useNames,
  type Asset,
} from "./asset";
import { AskConsent } from "./Ask";
import { Download } from "./Download";
import { Faces } from "./Faces";
import css from "./pictures.module.css";
import { Release } from "./Release";
import { Stage } from "./Stage";
import { useFreeze } from "./freezing";
import { More } from "./More";
import { Verdicts, type Step } from "./Verdicts";
import { words } from "./words";

export function Picture({ id }: { id: string }) {
  const say = useWords(words);
  const asset = useAsset(id);
  const title = asset.data?.description.title ?? asset.data?.file_name ?? say("picture");
  return (
    <Page
      wide
      title={title}
      actions={asset.data && <Head asset={asset.data} />}
    >
      <Shown of={asset}>{(data) => <Desk asset={data} title={title} />}</Shown>
    </Page>
  );
}

function Head({ asset }: { asset: Asset }) {
  const say = useWords(words);
  const [, go] = useLocation();
  const [leaving, setLeaving] = useState(false);
  const steps = stepsOf(asset.asset_id);
  const mayLeave = asset.affordances.includes("asset:download");
  const step = (to: string | undefined) => to && go(`/pictures/${to}`);
  useShortcut("n", say("key_next"), () => step(steps?.after), Boolean(steps?.after));
  useShortcut("p", say("key_previous"), () => step(steps?.before), Boolean(steps?.before));
  useShortcut("d", say("key_download"), () => setLeaving(true), mayLeave);
  return (
    <>
      {steps && (
        <div className={css.trail}>
          <IconButton
            icon="previous"
            label={say("previous")}
            isDisabled={!steps.before}
            onPress={() => step(steps.before)}
          />
          <span className={css.soft}>{say("place_in_list", { at: steps.at, of: steps.of })}</span>
          <IconButton
            icon="next"
            label={say("next")}
            isDisabled={!steps.after}
            onPress={() => step(steps.after)}
          />
          <Button icon="back" onPress={() => go(steps.from)}>
            {say("back_to_list")}
          </Button>
        </div>
      )}
      {mayLeave && (
        <Button icon="download" onPress={() => setLeaving(true)}>
          {say("download")}
        </Button>
      )}
      {leaving && <Download asset={asset} close={() => setLeaving(false)} />}
    </>
  );
}

function Desk({ asset, title }: { asset: Asset; title: string }) {
  const say = useWords(words);
  const id = asset.asset_id;
  const names = useNames(peopleOf(asset));
  const faces = asset.faces ?? [];
  const firstOpen = faces.find((face) => personOf(face)?.status !== "confirmed");
  const [picked, setPicked] = useState<string | null>(null);
  const [entered, setEntered] = useState(0);
  const [releasing, setReleasing] = useState(false);
  const [asking, setAsking] = useState<string | null>(null);
  const freeze = useFreeze(asset);
  const chosen = picked ?? (firstOpen ?? faces[0])?.face_id ?? null;

  const enter = (faceId: string) => {
    setPicked(faceId);
    setEntered((times) => times + 1);
  };
  const done = (faceId: string) => {
    const at = faces.findIndex((face) => face.face_id === faceId);
    const open = [...faces.slice(at + 1), ...faces.slice(0, at)].find(
      (face) => face.mark === "unmarked" && personOf(face)?.status !== "confirmed",
    );
    enter((open ?? faces[at])?.face_id ?? faceId);
  };
  const uncover = useDeed(id, async (faceId: string) =>
    markFace(await latest(id), faceId, "unmarked"),
  );
  const cover = useDeed(
    id,
    async (faceId: string) => markFace(await latest(id), faceId, "mask"),
    (_, faceId) => toast(say("marked_mask"), { undo: () => uncover.mutate(faceId) }),
  );
  const step = (next: Step) => {
    if (next.kind === "name") enter(next.face);
    if (next.kind === "cover") cover.mutate(next.face);
    if (next.kind === "ask") setAsking(next.person);
    if (next.kind === "unfreeze") freeze.end();
    if (next.kind === "retry") freeze.retry();
    if (next.kind === "declare") document.getElementById("declaration")?.focus();
  };
  const mayRelease = asset.affordances.includes("asset:release") && asset.settled;
  useShortcut("r", say("key_release"), () => setReleasing(true), mayRelease);
  useShortcut("f", say("key_face"), () => chosen && enter(chosen), chosen !== null);

  return (
    <>
      {asset.replaced_at && <Notice kind="wait">{say("replaced")}</Notice>}
      <div className={css.desk}>
        <div className={css.left}>
          <Stage
            asset={asset}
            title={title}
            names={names}
            chosen={chosen}
            choose={setPicked}
            enter={enter}
          />
        </div>
        <div className={css.right}>
          <Verdicts asset={asset} names={names} release={() => setReleasing(true)} step={step} />
          {(asset.sight === "seen_whole" || faces.length > 0) && (
            <Faces
              asset={asset}
              names={names}
              chosen={chosen}
              choose={setPicked}
              entered={entered}
              done={done}
            />
          )}
        </div>
      </div>
      <More asset={asset} freeze={freeze} />
      {releasing && <Release asset={asset} close={() => setReleasing(false)} />}
      {asking && (
        <AskConsent
          asset={asset}
          person={asking}
          name={names.get(asking) ?? ""}
          close={() => setAsking(null)}
        />
      )}
    </>
  );
}
