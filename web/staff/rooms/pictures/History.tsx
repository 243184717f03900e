// What became of the picture: copies that left, and, for whoever may, what was recorded.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { api, ask } from "../../lib/api";
import { useFormat } from "../../lib/format";
import { useMay } from "../../lib/me";
import { useTold, useWords } from "../../lib/words";
import { Badge } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { Section } from "../../parts/Page";
import { Shown } from "../../parts/States";
import { Table } from "../../parts/Table";
import type { Asset } from "./asset";
import css from "./pictures.module.css";
import { words } from "./words";

const STEP = 25;

export function Disclosures({ asset }: { asset: Asset }) {
  const say = useWords(words);
  const told = useTold();
  const format = useFormat();
  const [limit, setLimit] = useState(STEP);
  const asset_id = asset.asset_id;
  const found = useQuery({
    queryKey: ["disclosures", asset_id, limit],
    queryFn: () =>
      ask(
        api.GET("/v1/assets/{asset_id}/disclosures", {
          params: { path: { asset_id }, query: { limit } },
        }),
      ),
  });
  return (
    <Section title={say("disclosures")}>
      <Shown of={found} rows={2}>
        {({ items, more }) =>
          items.length ? (
            <>
              <Table
                label={say("disclosures")}
                rows={items}
                keyOf={(row) => row.disclosure_id}
                columns={[
                  { name: say("when"), show: (row) => format.moment(row.at) },
                  { name: say("how"), show: (row) => row.kind_words },
                  {
                    name: say("for_channel"),
                    show: (row) => (row.channel ? say(`channel_${row.channel}`) : "–"),
                  },
                  { name: say("where"), show: (row) => told(row.place) },
                  {
                    name: say("covered"),
                    show: (row) => (row.covered.length ? row.covered.length : "–"),
                  },
                  {
                    name: say("called_back"),
                    show: (row) =>
                      row.recall_state_words ? (
                        <Badge tone={row.recall_state === "recall_removed" ? "yes" : "wait"}>
                          {row.recall_state_words}
                        </Badge>
                      ) : (
                        "–"
                      ),
                  },
                ]}
              />
              {more > 0 && limit < 100 && (
                <Button kind="quiet" onPress={() => setLimit(Math.min(100, limit + STEP))}>
                  {say("more_before", { count: more })}
                </Button>
              )}
            </>
          ) : (
            <p className={css.soft}>{say("nothing_left")}</p>
          )
        }
      </Shown>
    </Section>
  );
}

export function Recorded({ asset }: { asset: Asset }) {
  const say = useWords(words);
  const format = useFormat();
  const may = useMay();
  const [open, setOpen] = useState(false);
  const found = useQuery({
    queryKey: ["audit", asset.asset_id],
    queryFn: () =>
      ask(
        api.GET("/v1/audit", { params: { query: { subject: asset.asset_id, limit: 50 } } }),
      ),
    enabled: open,
  });
  if (!may("audit:search")) return null;
  return (
    <Section
      title={say("recorded")}
      actions={
        !open && (
          <Button icon="eye" onPress={() => setOpen(true)}>
            {say("show_recorded")}
          </Button>
        )
      }
    >
      {open && (
        <Shown of={found} rows={2}>
          {({ items }) => (
            <Table
              label={say("recorded")}
              rows={items}
              keyOf={(row) => row.entry_id}
              columns={[
                { name: say("when"), show: (row) => format.moment(row.at) },
                { name: say("what"), show: (row) => row.tag },
                { name: say("by"), show: (row) => row.actor },
              ]}
            />
          )}
        </Shown>
      )}
    </Section>
  );
}
