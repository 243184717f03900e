// Many pictures in one file, for one use: what may not leave is left out, with the reason.

import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { api, ask, type Schema } from "../../lib/api";
import { newKey } from "../../lib/keys";
import { bare, useTold, useWords } from "../../lib/words";
import { Button } from "../../parts/Button";
import { CHANNELS, useNames } from "../../parts/channels";
import { Dialog } from "../../parts/Dialog";
import { Form, Select } from "../../parts/Fields";
import { Notice, useSentence } from "../../parts/States";
import css from "./Library.module.css";
import { SIZES } from "./sizes";
import { words } from "./words";

const LOOK = 1_500; // milliseconds between two looks at how far it is
const LARGEST = "";

interface Props {
  readonly assetIds?: readonly string[];
  readonly collectionId?: string;
  readonly close: () => void;
}

export function Pack({ assetIds, collectionId, close }: Props) {
  const say = useWords(words);
  const told = useTold();
  const names = useNames();
  const sentence = useSentence();
  const [channel, setChannel] = useState<Schema["Channel"]>("website");
  const [size, setSize] = useState(LARGEST);
  const order = useMutation({
    mutationFn: () =>
      ask(
        api.POST("/v1/packages", {
          params: { header: { "Idempotency-Key": newKey() } },
          body: {
            ...(assetIds ? { asset_ids: [...assetIds] } : {}),
            ...(collectionId ? { collection_id: collectionId } : {}),
            channel,
            ...(size ? { size: size as Schema["ReadySize"] } : {}),
          },
        }),
      ),
  });
  return (
    <Dialog title={say("pack_title")} open close={close}>
      {order.error && <Notice kind="no">{sentence(order.error)}</Notice>}
      {order.data ? (
        <Packing began={order.data} />
      ) : (
        <Form send={() => order.mutate()}>
          <Select
            label={say("channel")}
            value={channel}
            options={CHANNELS.map((value) => ({ value, words: names.channel(value) }))}
            change={(value) => setChannel(value as Schema["Channel"])}
          />
          <Select
            label={say("size")}
            value={size}
            options={[
              { value: LARGEST, words: say("largest") },
              ...SIZES.map((value) => ({ value, words: bare(told(value)) })),
            ]}
            change={setSize}
          />
          <div className={css.end}>
            <Button kind="main" type="submit" isDisabled={order.isPending}>
              {say("pack_start")}
            </Button>
          </div>
        </Form>
      )}
    </Dialog>
  );
}

function Packing({ began }: { began: Schema["PackageView"] }) {
  const say = useWords(words);
  const sentence = useSentence();
  const { package_id } = began;
  const { data = began, error } = useQuery({
    queryKey: ["packages", package_id],
    queryFn: () => ask(api.GET("/v1/packages/{package_id}", { params: { path: { package_id } } })),
    refetchInterval: ({ state }) => (state.data?.state === "package_making" ? LOOK : false),
  });
  const fetchIt = useMutation({
    mutationFn: () =>
      ask(api.POST("/v1/packages/{package_id}/downloads", { params: { path: { package_id } } })),
    // The address answers with a file to keep: the page stays where it is.
    onSuccess: ({ url }) => location.assign(url),
  });
  const problem = error ?? fetchIt.error;
  return (
    <>
      {problem && <Notice kind="no">{sentence(problem)}</Notice>}
      <p role="status">
        {data.state === "package_making"
          ? say("packing", { done: data.done, total: data.total })
          : data.state_words}
      </p>
      {data.state === "package_making" && (
        <progress
          className={css.progress}
          max={Math.max(1, data.total)}
          value={data.done}
          aria-label={say("pack_title")}
        />
      )}
      {data.left_out.length > 0 && (
        <Notice kind="wait">
          <strong>
            {say("left_out")}: {data.left_out.length}
          </strong>
          <ul>
            {[...new Set(data.left_out.map(({ reason_words }) => reason_words))].map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </Notice>
      )}
      <div className={css.end}>
        <Button
          kind="main"
          icon="download"
          isDisabled={data.state !== "package_ready" || fetchIt.isPending}
          onPress={() => fetchIt.mutate()}
        >
          {say("fetch")}
        </Button>
      </div>
    </>
  );
}
