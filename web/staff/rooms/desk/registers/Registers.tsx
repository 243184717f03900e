// The registers: what stands in each, until when it holds, and the way to one record.

import { useState } from "react";
import { Link, useLocation } from "wouter";

import { useFormat } from "../../../lib/format";
import { useWords } from "../../../lib/words";
import { Badge, type Tone } from "../../../parts/Badge";
import { Button } from "../../../parts/Button";
import { Select } from "../../../parts/Fields";
import { Empty, Shown } from "../../../parts/States";
import { Table } from "../../../parts/Table";
import { label, More } from "../deeds";
import { DeskPage } from "../DeskPage";
import desk from "../desk.module.css";
import { words as common } from "../words";
import { KINDS, useRegister, type Kind, type Summary } from "./data";
import { words } from "./words";
import { Written } from "./Written";

export const TONES: Readonly<Record<Summary["state"], Tone>> = {
  record_draft: "wait",
  record_signed: "yes",
  record_lapsed: "no",
  record_revoked: "none",
};

export function Registers() {
  const say = useWords(words);
  const [, go] = useLocation();
  const [kind, setKind] = useState<Kind>("dpia");
  const [writing, setWriting] = useState(false);
  const found = useRegister(kind);
  const first = found.data?.pages[0];
  const mayBegin = first?.affordances.includes("governance:create");
  return (
    <DeskPage
      title={say("title")}
      lead={say("lead")}
      actions={
        mayBegin && (
          <Button kind="main" icon="plus" onPress={() => setWriting(true)}>
            {say("begin")}
          </Button>
        )
      }
    >
      <div className={desk.tools}>
        <Select
          label={say("kind")}
          value={kind}
          change={(value) => setKind(value as Kind)}
          options={KINDS.map((each) => ({ value: each, words: say(`kind_${each}`) }))}
        />
      </div>
      <Shown of={found}>
        {({ pages }) => <Rows items={pages.flatMap((page) => page.items)} />}
      </Shown>
      <More of={found} />
      {writing && first && (
        <Written
          form={first.form}
          close={() => setWriting(false)}
          done={(id) => go(`/desk/registers/${id}`)}
        />
      )}
    </DeskPage>
  );
}

function Rows({ items }: { items: readonly Summary[] }) {
  const say = useWords(words);
  const shared = useWords(common);
  const format = useFormat();
  if (!items.length) return <Empty icon="shield" title={say("none")} text={say("none_text")} />;
  return (
    <Table
      label={say("list")}
      rows={items}
      keyOf={({ record_id }) => record_id}
      columns={[
        {
          name: say("name"),
          show: ({ record_id, title }) => (
            <Link href={`/desk/registers/${record_id}`}>{title}</Link>
          ),
        },
        {
          name: shared("state"),
          show: ({ state, state_words }) => (
            <Badge tone={TONES[state]}>{label(state_words)}</Badge>
          ),
        },
        {
          name: say("version"),
          show: ({ version }) => (version === 0 ? say("shipped") : format.number(version)),
        },
        {
          name: say("until"),
          show: ({ last_day }) => (last_day ? format.day(last_day) : "–"),
        },
      ]}
    />
  );
}
