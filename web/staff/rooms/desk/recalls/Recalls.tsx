// Who is asked to remove a picture, in each state, to the end.

import { useState } from "react";
import { Link } from "wouter";

import { api, ask, type Schema } from "../../../lib/api";
import { useFormat } from "../../../lib/format";
import { useWords } from "../../../lib/words";
import { Badge, type Tone } from "../../../parts/Badge";
import { Button } from "../../../parts/Button";
import { useNames } from "../../../parts/channels";
import { useConfirm } from "../../../parts/Confirm";
import { Select } from "../../../parts/Fields";
import { Problem } from "../../../parts/Problem";
import { Empty, Shown } from "../../../parts/States";
import { Table } from "../../../parts/Table";
import { Id, label, More, useDeed, usePages, Who } from "../deeds";
import { DeskPage } from "../DeskPage";
import desk from "../desk.module.css";
import { words as common } from "../words";
import { words } from "./words";

type Recall = Schema["RecallView"];
type State = Schema["RecallState"];

const TONES: Readonly<Record<State, Tone>> = {
  recall_open: "wait",
  recall_unreachable: "no",
  recall_removed: "yes",
  recall_lifted: "none",
};
const STATES = Object.keys(TONES) as readonly State[];

export function Recalls() {
  const say = useWords(words);
  const shared = useWords(common);
  const [state, setState] = useState<State>("recall_open");
  const found = usePages(["recalls", state], (cursor) =>
    ask(api.GET("/v1/recalls", { params: { query: { state, ...(cursor ? { cursor } : {}) } } })),
  );
  return (
    <DeskPage title={say("title")} lead={say("lead")}>
      <div className={desk.tools}>
        <Select
          label={shared("state")}
          value={state}
          change={(value) => setState(value as State)}
          options={STATES.map((each) => ({ value: each, words: say(`state_${each}`) }))}
        />
      </div>
      <Shown of={found}>
        {({ pages }) => <Rows items={pages.flatMap((page) => page.items)} />}
      </Shown>
      <More of={found} />
    </DeskPage>
  );
}

function Rows({ items }: { items: readonly Recall[] }) {
  const say = useWords(words);
  const shared = useWords(common);
  const format = useFormat();
  const names = useNames();
  const confirm = useConfirm();
  const removed = useDeed({
    run: (recall_id: string) =>
      ask(api.POST("/v1/recalls/{recall_id}/acknowledgement", { params: { path: { recall_id } } })),
    touches: ["recalls"],
    said: say("removed_done"),
  });
  const declare = async (recall_id: string) => {
    const yes = await confirm({
      title: say("removed_title"),
      text: say("removed_text"),
      act: say("removed"),
    });
    if (yes) removed.act(recall_id);
  };
  if (!items.length) return <Empty icon="check" title={say("none")} />;
  return (
    <>
      <Problem error={removed.problem} />
      <Table
        label={say("list")}
        rows={items}
        keyOf={({ recall_id }) => recall_id}
        columns={[
          {
            name: say("picture"),
            show: ({ asset_id }) => (
              <Link href={`/pictures/${asset_id}`}>
                <Id of={asset_id} />
              </Link>
            ),
          },
          { name: say("recipient"), show: ({ recipient_id }) => <Who id={recipient_id} /> },
          {
            name: say("channels"),
            show: ({ channels }) => channels.map(names.channel).join(", "),
          },
          {
            name: say("why"),
            show: ({ reason_words }) => (reason_words ? label(reason_words) : "–"),
          },
          { name: say("asked"), show: ({ opened_at }) => format.moment(opened_at) },
          {
            name: say("told"),
            show: ({ told_at, reminders }) =>
              told_at === null
                ? say("not_told")
                : reminders
                  ? say("reminders", { count: reminders })
                  : format.moment(told_at),
          },
          {
            name: shared("state"),
            show: ({ state, state_words }) => (
              <Badge tone={TONES[state]}>{label(state_words)}</Badge>
            ),
          },
          {
            name: say("deeds"),
            show: ({ affordances, recall_id, acknowledged_at, acknowledged_by }) =>
              affordances.includes("recall:acknowledge") ? (
                <Button
                  icon="check"
                  aria-label={say("removed_name")}
                  isDisabled={removed.busy}
                  onPress={() => void declare(recall_id)}
                >
                  {say("removed")}
                </Button>
              ) : acknowledged_at ? (
                <span>
                  {say("removed_at")} {format.day(acknowledged_at)},{" "}
                  {acknowledged_by ? <Who id={acknowledged_by} /> : say("by_recipient")}
                </span>
              ) : (
                "–"
              ),
          },
        ]}
      />
    </>
  );
}
