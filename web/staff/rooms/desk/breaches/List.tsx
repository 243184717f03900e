// The register of breaches and drills, each with its clock of 72 hours.

import { useState } from "react";
import { Link, useLocation } from "wouter";

import { api, ask, type Schema } from "../../../lib/api";
import { useFormat } from "../../../lib/format";
import { useWords } from "../../../lib/words";
import { Badge } from "../../../parts/Badge";
import { Button } from "../../../parts/Button";
import { Empty, Shown } from "../../../parts/States";
import { Table } from "../../../parts/Table";
import { label, More, usePages } from "../deeds";
import { DeskPage } from "../DeskPage";
import desk from "../desk.module.css";
import { words as common } from "../words";
import { Clock } from "./Clock";
import { Enter } from "./Enter";
import { words } from "./words";

export function Breaches() {
  const say = useWords(words);
  const [, go] = useLocation();
  const [entering, setEntering] = useState(false);
  const found = usePages(["breaches", "list"], (cursor) =>
    ask(api.GET("/v1/breaches", { params: { query: cursor ? { cursor } : {} } })),
  );
  const may = found.data?.pages[0]?.affordances.includes("breach:create");
  return (
    <DeskPage
      title={say("title")}
      lead={say("lead")}
      actions={
        may && (
          <Button kind="main" icon="plus" onPress={() => setEntering(true)}>
            {say("record")}
          </Button>
        )
      }
    >
      <Shown of={found}>
        {({ pages }) => <Rows items={pages.flatMap((page) => page.items)} />}
      </Shown>
      <More of={found} />
      {entering && (
        <Enter close={() => setEntering(false)} done={(id) => go(`/desk/breaches/${id}`)} />
      )}
    </DeskPage>
  );
}

function Rows({ items }: { items: readonly Schema["BreachSummary"][] }) {
  const say = useWords(words);
  const shared = useWords(common);
  const format = useFormat();
  if (!items.length) return <Empty icon="check" title={say("none")} text={say("none_text")} />;
  return (
    <Table
      label={say("title")}
      rows={items}
      keyOf={({ breach_id }) => breach_id}
      columns={[
        {
          name: say("what"),
          show: (each) => (
            <span className={desk.row}>
              <Link href={`/desk/breaches/${each.breach_id}`}>{each.description}</Link>
              <Badge tone={each.kind === "breach_drill" ? "none" : "no"}>
                {label(each.kind_words)}
              </Badge>
            </span>
          ),
        },
        { name: say("aware"), show: ({ aware_at }) => format.moment(aware_at) },
        { name: say("clock"), show: (each) => <Clock of={each} /> },
        { name: shared("state"), show: ({ state_words }) => label(state_words) },
      ]}
    />
  );
}
