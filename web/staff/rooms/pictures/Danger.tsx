// What is seldom done and weighs: keeping a picture from being used, and erasing it.

import { useState } from "react";
import { useLocation } from "wouter";

import { api, ask } from "../../lib/api";
import { useTold, useWords } from "../../lib/words";
import { Button } from "../../parts/Button";
import { useConfirm } from "../../parts/Confirm";
import { Dialog } from "../../parts/Dialog";
import { Select } from "../../parts/Fields";
import { Section } from "../../parts/Page";
import { toast } from "../../parts/Toasts";
import { useDeed, type Asset } from "./asset";
import type { Freeze, Ground } from "./freezing";
import css from "./pictures.module.css";
import { words } from "./words";

const GROUNDS = [
  "frozen_for_caution",
  "accuracy_disputed",
  "use_was_unlawful",
  "needed_for_a_claim",
  "objection_being_weighed",
] as const satisfies readonly Ground[];

export function Danger({ asset, freeze }: { asset: Asset; freeze: Freeze }) {
  const say = useWords(words);
  const told = useTold();
  const confirm = useConfirm();
  const [, go] = useLocation();
  const [freezing, setFreezing] = useState(false);
  const [ground, setGround] = useState<Ground>("frozen_for_caution");
  const may = (operation: Asset["affordances"][number]) =>
    asset.affordances.includes(operation);
  const erase = useDeed(
    asset.asset_id,
    () =>
      ask(
        api.POST("/v1/assets/{asset_id}/erasure", {
          params: { path: { asset_id: asset.asset_id } },
        }),
      ),
    (result) => {
      if ("proposal_id" in result) return toast(say("waits_for_second"));
      toast(say("erased"));
      go("/library");
    },
  );
  const ask_first = async () => {
    const yes = await confirm({
      title: say("erase_title"),
      text: say("erase_text"),
      act: say("erase"),
      danger: true,
    });
    if (yes) erase.mutate(undefined);
  };
  if (!["asset:erase", "asset:restrict", "asset:unrestrict", "asset:retry"].some((each) => may(each as never))) {
    return null;
  }
  return (
    <Section title={say("more")}>
      <div className={css.buttons}>
        {may("asset:retry") && (
          <Button icon="undo" onPress={freeze.retry}>
            {say("step_retry")}
          </Button>
        )}
        {may("asset:restrict") && (
          <Button icon="lock" onPress={() => setFreezing(true)}>
            {say("freeze")}
          </Button>
        )}
        {may("asset:unrestrict") && (
          <Button icon="lock" onPress={freeze.end} isDisabled={freeze.busy}>
            {say("step_unfreeze")}
          </Button>
        )}
        {may("asset:erase") && (
          <Button
            kind="danger"
            icon="trash"
            onPress={() => void ask_first()}
            isDisabled={erase.isPending}
          >
            {say("erase")}
          </Button>
        )}
      </div>
      <Dialog
        title={say("freeze_title")}
        open={freezing}
        close={() => setFreezing(false)}
        actions={
          <>
            <Button onPress={() => setFreezing(false)}>{say("cancel")}</Button>
            <Button
              kind="main"
              icon="lock"
              onPress={() => {
                freeze.begin(ground);
                setFreezing(false);
              }}
            >
              {say("freeze")}
            </Button>
          </>
        }
      >
        <p>{say("freeze_text")}</p>
        <Select
          label={say("freeze_ground")}
          value={ground}
          change={(value) => setGround(value as Ground)}
          options={GROUNDS.map((each) => ({ value: each, words: told(each) }))}
        />
      </Dialog>
    </Section>
  );
}
