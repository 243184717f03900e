// What is being erased, and what was.

import { Link } from "wouter";

import { api, ask, type Schema } from "../../../lib/api";
import { useFormat } from "../../../lib/format";
import { useWords } from "../../../lib/words";
import { Badge, type Tone } from "../../../parts/Badge";
import { Empty, Shown } from "../../../parts/States";
import { Table } from "../../../parts/Table";
import { Id, label, More, Person, usePages, Who } from "../deeds";
import { DeskPage } from "../DeskPage";
import { words as common } from "../words";
import { words } from "./words";

type Erasure = Schema["ErasureView"];

const TONES: Readonly<Record<Schema["ErasureState"], Tone>> = {
  erasure_collecting: "none",
  erasure_planned: "wait",
  erasure_confirmed: "none",
  erasure_under_way: "none",
  erasure_done: "yes",
  erasure_cancelled: "none",
};

export function Erasures() {
  const say = useWords(words);
  const found = usePages(["erasures", "list"], (cursor) =>
    ask(api.GET("/v1/erasures", { params: { query: cursor ? { cursor } : {} } })),
  );
  return (
    <DeskPage title={say("title")} lead={say("lead")}>
      <Shown of={found}>{({ pages }) => <Rows items={pages.flatMap((page) => page.items)} />}</Shown>
      <More of={found} />
    </DeskPage>
  );
}

function Rows({ items }: { items: readonly Erasure[] }) {
  const say = useWords(words);
  const shared = useWords(common);
  const format = useFormat();
  if (!items.length) return <Empty icon="check" title={say("none")} text={say("none_text")} />;
  return (
    <Table
      label={say("title")}
      rows={items}
      keyOf={(erasure) => erasure.erasure_id}
      columns={[
        {
          name: say("what"),
          show: (erasure) => (
            <Link href={`/desk/erasures/${erasure.erasure_id}`}>
              {say(erasure.person_id ? "whole_person" : "a_picture")} <Subject of={erasure} />
            </Link>
          ),
        },
        { name: shared("state"), show: (erasure) => <State of={erasure} /> },
        { name: say("why"), show: (erasure) => label(erasure.reason_words) },
        { name: say("begun"), show: (erasure) => format.day(erasure.begun_at) },
        { name: say("by"), show: (erasure) => <Who id={erasure.begun_by} /> },
      ]}
    />
  );
}

/** Whom or what it is about; a name only as long as there is one. */
export function Subject({ of }: { of: Erasure }) {
  if (of.asset_id) return <Id of={of.asset_id} />;
  if (!of.person_id) return null;
  return of.state === "erasure_done" ? <Id of={of.person_id} /> : <Person id={of.person_id} bare />;
}

export function State({ of }: { of: Erasure }) {
  return <Badge tone={TONES[of.state]}>{label(of.state_words)}</Badge>;
}
