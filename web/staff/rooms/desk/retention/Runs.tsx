// Runs over what is kept: what each would end, its confirmation, and what it did.

import { useState } from "react";

import { api, ask, type Schema } from "../../../lib/api";
import { useFormat } from "../../../lib/format";
import { useWords } from "../../../lib/words";
import { Badge } from "../../../parts/Badge";
import { Button } from "../../../parts/Button";
import { useConfirm } from "../../../parts/Confirm";
import { Checkbox } from "../../../parts/Fields";
import { Section } from "../../../parts/Page";
import { Shown } from "../../../parts/States";
import { Table } from "../../../parts/Table";
import { Problem } from "../../../parts/Problem";
import { label, More, useDeed, usePages } from "../deeds";
import desk from "../desk.module.css";
import { inDays } from "./Retention";
import { words } from "./words";

type Run = Schema["RunView"];
type Terms = readonly Schema["TermView"][];

const one = (id: string) => ({ params: { path: { run_id: id } } });

export function Runs({ runs, terms }: { runs: readonly Run[]; terms: Terms }) {
  const say = useWords(words);
  if (!runs.length) return <p className={desk.soft}>{say("no_runs")}</p>;
  return (
    <ul className={desk.column}>
      {runs.map((run) => (
        <li key={run.run_id} className={desk.column}>
          <One run={run} terms={terms} />
        </li>
      ))}
    </ul>
  );
}

export function Settled({ terms }: { terms: Terms }) {
  const say = useWords(words);
  const found = usePages(["retention", "settled"], (cursor) =>
    ask(
      api.GET("/v1/retention/runs", {
        params: { query: { settled: true, limit: 10, ...(cursor ? { cursor } : {}) } },
      }),
    ),
  );
  return (
    <Section title={say("settled")}>
      <Shown of={found} rows={1}>
        {({ pages }) => {
          const runs = pages.flatMap((page) => page.items);
          return runs.length ? (
            <Runs runs={runs} terms={terms} />
          ) : (
            <p className={desk.soft}>{say("no_settled")}</p>
          );
        }}
      </Shown>
      <More of={found} />
    </Section>
  );
}

function One({ run, terms }: { run: Run; terms: Terms }) {
  const say = useWords(words);
  const format = useFormat();
  const named = new Map(terms.map((term) => [term.kind, label(term.words)]));
  const waits = run.affordances.length > 0;
  const counts = run.applied.length ? run.applied : run.preview;
  return (
    <>
      <div className={desk.row}>
        <b>{label(run.kind_words)}</b>
        <Badge tone={waits ? "wait" : run.state === "retention_done" ? "yes" : "none"}>
          {label(run.state_words)}
        </Badge>
        <span className={`${desk.soft} ${desk.small}`}>
          {say("begun", { moment: format.moment(run.begun_at) })}
        </span>
      </div>
      {run.wanted.map(({ kind, days }) => (
        <p key={kind}>{say("wanted", { what: named.get(kind) ?? kind, days: inDays(say, days) })}</p>
      ))}
      {counts.length > 0 && (
        <Table
          label={say(run.applied.length ? "applied" : "preview")}
          rows={counts}
          keyOf={(count) => count.kind}
          columns={[
            { name: say("kept"), show: (count) => label(count.words) },
            { name: say("looked"), show: (count) => format.number(count.looked) },
            { name: say("dates"), show: (count) => format.number(count.dates) },
            {
              name: say("ends"),
              show: (count) => (
                <span className={desk.row}>
                  <b>{format.number(count.ends)}</b>
                  {count.above_guard && <Badge tone="no">{say("above")}</Badge>}
                </span>
              ),
            },
          ]}
        />
      )}
      {waits && <Deciding run={run} />}
    </>
  );
}

function Deciding({ run }: { run: Run }) {
  const say = useWords(words);
  const confirm = useConfirm();
  const [above, setAbove] = useState(false);
  const over = run.preview.some((count) => count.above_guard);
  const yes = useDeed({
    run: (above_guard: boolean) =>
      ask(
        api.POST("/v1/retention/runs/{run_id}/confirmation", {
          ...one(run.run_id),
          body: { above_guard },
        }),
      ),
    said: say("confirmed"),
  });
  const drop = useDeed({
    run: () => ask(api.DELETE("/v1/retention/runs/{run_id}", one(run.run_id))),
    touches: ["retention"],
    said: say("dropped"),
  });
  const carryOut = async () => {
    const count = run.preview.reduce((sum, each) => sum + each.ends, 0);
    const agreed = await confirm({
      title: say("confirm_title"),
      text: say("confirm_text", { count }),
      act: say("confirm_act"),
      danger: count > 0,
    });
    if (agreed) yes.act(above);
  };
  return (
    <>
      {over && (
        <Checkbox checked={above} change={setAbove}>
          {say("over_guard")}
        </Checkbox>
      )}
      <div className={desk.row}>
        <Button kind="main" isDisabled={yes.busy} onPress={() => void carryOut()}>
          {say("confirm")}
        </Button>
        <Button isDisabled={drop.busy} onPress={() => drop.act(undefined)}>
          {say("drop")}
        </Button>
      </div>
      <Problem error={yes.problem ?? drop.problem} />
    </>
  );
}
