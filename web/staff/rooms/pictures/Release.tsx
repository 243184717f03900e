// Releasing: for which channels, after a look at what is covered in each. Whoever does it
// says that no face was missed, so nothing here is done without being looked at.

import { useQueries } from "@tanstack/react-query";
import { useState } from "react";

import { api, ask } from "../../lib/api";
import { turns } from "../../lib/turns";
import { useTold, useWords } from "../../lib/words";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { Checkbox } from "../../parts/Fields";
import { Loading, Notice, useSentence } from "../../parts/States";
import { toast } from "../../parts/Toasts";
import { seen, useDeed, type Asset, type Channel } from "./asset";
import css from "./pictures.module.css";
import { words } from "./words";

// Each look is put on record in the picture's own chain of the log: asked for all at once,
// they are in one another's way.
const inTurn = turns();

export function Release({ asset, close }: { asset: Asset; close: () => void }) {
  const say = useWords(words);
  const told = useTold();
  const sentence = useSentence();
  const { per_channel, leaves } = asset.decision;
  const may = (Object.keys(per_channel) as Channel[]).filter(
    (channel) => per_channel[channel] !== "restricted",
  );
  const [wanted, setWanted] = useState<readonly Channel[]>(may);
  const covered = may.filter((channel) => per_channel[channel] === "masked");
  const previews = useQueries({
    queries: covered.map((channel) => ({
      queryKey: ["masked", asset.asset_id, asset.revision, channel],
      queryFn: () =>
        inTurn(() =>
          ask(
            api.GET("/v1/assets/{asset_id}/masked", {
              params: { path: { asset_id: asset.asset_id }, query: { channel } },
            }),
          ),
        ),
      staleTime: 40_000,
    })),
  });
  const maskOf = (channel: Channel) => previews[covered.indexOf(channel)];
  // What could not be shown is not released; the rest can be.
  const going = wanted.filter((each) => !maskOf(each)?.isError);
  const waiting = going.some((each) => covered.includes(each) && !maskOf(each)?.data);

  const release = useDeed(
    asset.asset_id,
    () =>
      ask(
        api.POST("/v1/assets/{asset_id}/release", {
          params: { path: { asset_id: asset.asset_id }, header: seen(asset) },
          body: {
            channels: [...going],
            masks: going.flatMap((each) => maskOf(each)?.data?.mask_id ?? []),
          },
        }),
      ),
    () => {
      toast(say("released"));
      close();
    },
  );

  // The same faces covered is the same picture: shown once, for all its channels.
  const looks = new Map<string, { readonly url: string; channels: Channel[]; faces: number }>();
  for (const channel of covered) {
    const found = maskOf(channel)?.data;
    if (!found) continue;
    const key = found.faces.join();
    const there = looks.get(key) ?? { url: found.url, channels: [], faces: found.faces.length };
    looks.set(key, { ...there, channels: [...there.channels, channel] });
  }

  return (
    <Dialog
      title={say("release_title")}
      open
      wide={covered.length > 0}
      close={close}
      actions={
        <>
          <Button onPress={close}>{say("cancel")}</Button>
          <Button
            kind="main"
            icon="check"
            isDisabled={!going.length || waiting || release.isPending}
            onPress={() => release.mutate(undefined)}
          >
            {say("release_for", { count: going.length })}
          </Button>
        </>
      }
    >
      <p>{say("release_text")}</p>
      <fieldset className={css.choices}>
        <legend>{say("for_channels")}</legend>
        {may.map((channel) => (
          <Checkbox
            key={channel}
            checked={going.includes(channel)}
            disabled={maskOf(channel)?.isError ?? false}
            change={(checked) =>
              setWanted(checked ? [...wanted, channel] : wanted.filter((each) => each !== channel))
            }
          >
            <strong>{say(`channel_${channel}`)}</strong>{" "}
            <span className={css.soft}>
              {told(per_channel[channel] ?? "")}
              {channel in leaves && ` ${say("is_released")}`}
            </span>
          </Checkbox>
        ))}
      </fieldset>
      {previews.some((each) => each.isPending) && <Loading rows={2} />}
      {previews.map(
        ({ error }, at) =>
          error && (
            <Notice key={covered[at]} kind="no">
              {sentence(error)}
            </Notice>
          ),
      )}
      {[...looks.values()].map(({ url, channels, faces }) => (
        <figure key={channels.join()} className={css.look}>
          <img src={url} alt={say("masked_look", { count: faces })} referrerPolicy="no-referrer" />
          <figcaption>
            {say("masked_for", {
              channels: channels.map((each) => say(`channel_${each}`)).join(", "),
            })}
          </figcaption>
        </figure>
      ))}
    </Dialog>
  );
}
