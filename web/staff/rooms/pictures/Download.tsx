// Letting the picture leave for one use: channel, size, cut. Decided by the API at that
// very instant, and recorded; what it says no to is said in its words.

import { useState } from "react";

import { api, ask, ProblemError, type Schema } from "../../lib/api";
import { saveFrom } from "../../lib/saving";
import { useTold, useWords } from "../../lib/words";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { Checkbox, Form, Select } from "../../parts/Fields";
import { Notice, useSentence } from "../../parts/States";
import { toast } from "../../parts/Toasts";
import { useDeed, type Asset, type Channel, type Finding } from "./asset";
import css from "./pictures.module.css";
import { words } from "./words";

type Order = Schema["DownloadOrder"];

export const SIZES = [
  "full_size",
  "large_size",
  "medium_size",
  "website_header",
  "website_wide",
  "social_square",
  "social_portrait",
  "social_story",
  "social_link",
  "print_a4",
  "print_a4_upright",
  "print_a5",
  "print_full",
] as const satisfies readonly NonNullable<Order["size"]>[];
const FORMATS = ["jpeg", "webp", "avif", "png", "tiff"] as const;
const CROPS = ["keep_faces", "cleared_faces_only", "whole_picture"] as const;
const PLACES = ["world", "european_union", "netherlands"] as const;

/** As large as it is, which every picture can be; then the sizes made for a channel. */
function sizesFor(channel: Channel): readonly (typeof SIZES)[number][] {
  const mine = SIZES.filter((each) => each === "full_size" || each.startsWith(channel));
  return [...mine, ...SIZES.filter((each) => !mine.includes(each))];
}

function reasonsOf(error: unknown): readonly Finding[] {
  if (!(error instanceof ProblemError)) return [];
  const { findings } = error.problem as { findings?: readonly Finding[] };
  return findings ?? [];
}

export function Download({ asset, close }: { asset: Asset; close: () => void }) {
  const say = useWords(words);
  const told = useTold();
  const sentence = useSentence();
  const { leaves, per_channel } = asset.decision;
  const channels = Object.keys(per_channel) as Channel[];
  const file = asset.renditions.includes("file") && asset.sight !== "seen_whole";
  const picture = asset.renditions.includes("preview");
  const [channel, setChannel] = useState(channels.find((each) => each in leaves) ?? "website");
  const [size, setSize] = useState<(typeof SIZES)[number] | "file">(
    picture ? "full_size" : "file",
  );
  const [format, setFormat] = useState<(typeof FORMATS)[number]>("jpeg");
  const [crop, setCrop] = useState<(typeof CROPS)[number]>("keep_faces");
  const [place, setPlace] = useState<(typeof PLACES)[number]>("world");
  const [watermark, setWatermark] = useState(false);
  const verdict = leaves[channel];

  const fetchIt = useDeed(
    asset.asset_id,
    async () => {
      const body: Order =
        size === "file"
          ? { channel, place, rendition: "file", watermark: false }
          : { channel, place, size, format, crop, watermark };
      const made = await ask(
        api.POST("/v1/assets/{asset_id}/downloads", {
          params: { path: { asset_id: asset.asset_id } },
          body,
        }),
      );
      await saveFrom(made.url, made.file_name);
      return made;
    },
    (made) => {
      const count = made.covered_faces ?? 0;
      toast(made.masked ? say("saved_masked", { count }) : say("saved"));
      close();
    },
  );
  const choose = <Value extends string>(values: readonly Value[], call: (id: Value) => string) =>
    values.map((value) => ({ value, words: call(value) }));

  return (
    <Dialog
      title={say("download_title")}
      open
      close={close}
      actions={
        <>
          <Button onPress={close}>{say("cancel")}</Button>
          <Button
            kind="main"
            icon="download"
            isDisabled={fetchIt.isPending}
            onPress={() => fetchIt.mutate(undefined)}
          >
            {fetchIt.isPending ? say("making") : say("download")}
          </Button>
        </>
      }
    >
      <Form send={() => fetchIt.mutate(undefined)}>
        <Select
          label={say("for_channel")}
          value={channel}
          hint={told(channel)}
          change={(value) => setChannel(value as Channel)}
          options={choose(channels, (id) =>
            id in leaves ? say(`channel_${id}`) : say("channel_not_now", { channel: say(`channel_${id}`) }),
          )}
        />
        {verdict === "masked" && <Notice kind="wait">{say("leaves_covered")}</Notice>}
        {verdict === undefined && <Notice kind="no">{say("leaves_not")}</Notice>}
        <Select
          label={say("size")}
          value={size}
          change={(value) => setSize(value as typeof size)}
          options={[
            ...(picture ? choose(sizesFor(channel), told) : []),
            ...(file ? [{ value: "file", words: say("the_file") }] : []),
          ]}
        />
        {size !== "file" && (
          <>
            <Select
              label={say("cut")}
              value={crop}
              change={(value) => setCrop(value as typeof crop)}
              options={choose(CROPS, told)}
            />
            <div className={css.pair}>
              <Select
                label={say("format")}
                value={format}
                change={(value) => setFormat(value as typeof format)}
                options={choose(FORMATS, (id) => id.toUpperCase())}
              />
              <Select
                label={say("place")}
                value={place}
                change={(value) => setPlace(value as typeof place)}
                options={choose(PLACES, told)}
              />
            </div>
            <Checkbox checked={watermark} change={setWatermark}>
              {say("watermark")}
            </Checkbox>
          </>
        )}
      </Form>
      {fetchIt.error && (
        <Notice kind="no">
          <p>{sentence(fetchIt.error)}</p>
          <ul>
            {[...new Set(reasonsOf(fetchIt.error).map((each) => each.words))].map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </Notice>
      )}
    </Dialog>
  );
}
