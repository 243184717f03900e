// What is outside by a link, and the way to end it.

import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, ask, type Schema } from "../../lib/api";
import { useFormat } from "../../lib/format";
import { useMay } from "../../lib/me";
import { usePages } from "../../lib/pages";
import { useWords } from "../../lib/words";
import { Badge } from "../../parts/Badge";
import { Button, LinkButton } from "../../parts/Button";
import { useNames } from "../../parts/channels";
import { useConfirm } from "../../parts/Confirm";
import { Page } from "../../parts/Page";
import { Empty, Shown, useSentence } from "../../parts/States";
import { Table } from "../../parts/Table";
import { toast } from "../../parts/Toasts";
import { en } from "./words.en";
import { nl } from "./words.nl";

const words = { nl, en };
type Share = Schema["ShareView"];

export default function Shares() {
  const say = useWords(words);
  const shares = usePages(["shares"], (cursor) =>
    ask(api.GET("/v1/shares", { params: { query: cursor ? { cursor } : {} } })),
  );
  return (
    <Page title={say("title")} lead={say("lead")}>
      <Shown of={shares.of}>
        {(items) =>
          items.length ? (
            <>
              <List shares={items} />
              {shares.more && (
                <Button onPress={shares.more} isDisabled={shares.loading}>
                  {say("more")}
                </Button>
              )}
            </>
          ) : (
            <Empty
              icon="share"
              title={say("empty")}
              text={say("empty_text")}
              action={<LinkButton href="/library">{say("to_library")}</LinkButton>}
            />
          )
        }
      </Shown>
    </Page>
  );
}

function List({ shares }: { shares: readonly Share[] }) {
  const say = useWords(words);
  const names = useNames();
  const format = useFormat();
  const may = useMay();
  const end = useEnd();
  return (
    <Table
      label={say("list")}
      rows={shares}
      keyOf={({ share_id }) => share_id}
      columns={[
        {
          name: say("recipient"),
          show: (share) => share.recipient_name ?? share.recipient_email ?? say("handed_over"),
        },
        {
          name: say("what"),
          show: ({ collection_id, asset_ids }) =>
            collection_id ? say("collection") : say("pictures", { count: asset_ids.length }),
        },
        {
          name: say("use"),
          show: ({ channel, way, has_password }) =>
            [
              names.channel(channel),
              say(way === "share_download" ? "download" : "view"),
              ...(has_password ? [say("password")] : []),
            ].join(", "),
        },
        {
          name: say("state"),
          show: ({ state, state_words }) => (
            <Badge tone={state === "share_open" ? "yes" : "none"}>{state_words}</Badge>
          ),
        },
        { name: say("ends"), show: ({ expires_at }) => format.moment(expires_at) },
        {
          name: say("fetched"),
          show: ({ downloads, max_downloads }) =>
            max_downloads === null
              ? format.number(downloads)
              : say("of_most", { count: downloads, most: max_downloads }),
        },
        {
          name: say("deed"),
          show: (share) =>
            share.state === "share_open" &&
            may("share:revoke") && (
              <Button kind="danger" onPress={() => void end(share)}>
                {say("end")}
              </Button>
            ),
        },
      ]}
    />
  );
}

function useEnd(): (share: Share) => Promise<void> {
  const say = useWords(words);
  const confirm = useConfirm();
  const sentence = useSentence();
  const queries = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: (share_id: string) =>
      ask(api.DELETE("/v1/shares/{share_id}", { params: { path: { share_id } } })),
    onSuccess: async () => {
      toast(say("ended"));
      await queries.invalidateQueries({ queryKey: ["shares"] });
    },
    onError: (error) => toast(sentence(error), { kind: "no" }),
  });
  return async ({ share_id }) => {
    const question = { title: say("end_title"), text: say("end_text"), act: say("end") };
    if (await confirm({ ...question, danger: true })) mutate(share_id);
  };
}
