// How long things are kept, the change of it, and the runs that carry it out.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { api, ask, type Schema } from "../../../lib/api";
import { useWords, type Say } from "../../../lib/words";
import { Button } from "../../../parts/Button";
import { Checkbox, Form, NumberField } from "../../../parts/Fields";
import { Section } from "../../../parts/Page";
import { Notice, Shown } from "../../../parts/States";
import { Table } from "../../../parts/Table";
import { Problem } from "../../../parts/Problem";
import { label, read, useDeed, type Read } from "../deeds";
import { DeskPage } from "../DeskPage";
import desk from "../desk.module.css";
import { words as common } from "../words";
import { Runs, Settled } from "./Runs";
import { words } from "./words";

type Policy = Schema["RetentionView"];
type Term = Schema["TermView"];
type Wanted = Schema["WantedTerm"];

const SOON = 4_000; // milliseconds between two looks at a run that moves

/** A number of days as people say it: whole years where it is that. */
export function inDays(say: Say<keyof typeof words.nl>, days: number | null): string {
  if (days === null) return say("endless");
  return days >= 365 && days % 365 === 0
    ? say("years", { count: days / 365 })
    : say("days", { count: days });
}

export function Retention() {
  const say = useWords(words);
  const found = useQuery({
    queryKey: ["retention", "policy"],
    queryFn: () => read(api.GET("/v1/retention")),
    refetchInterval: ({ state }) =>
      state.data?.data.runs.some((run) => !run.affordances.length) ? SOON : false,
  });
  return (
    <DeskPage title={say("title")} lead={say("lead")}>
      <Shown of={found} rows={6}>
        {(known) => <Known known={known} />}
      </Shown>
    </DeskPage>
  );
}

function Known({ known }: { known: Read<Policy> }) {
  const say = useWords(words);
  const { data } = known;
  const may = data.affordances.includes("retention:change");
  const [changing, setChanging] = useState(false);
  const pause = useDeed({
    run: (paused: boolean) => ask(api.PUT("/v1/retention/pause", { body: { paused } })),
    touches: ["retention"],
    said: say(data.paused ? "resume_said" : "pause_said"),
  });
  return (
    <>
      {data.paused && <Notice kind="wait">{say("paused")}</Notice>}
      <Problem error={pause.problem} />
      <Section
        title={say("runs")}
        actions={
          may && (
            <Button isDisabled={pause.busy} onPress={() => pause.act(!data.paused)}>
              {say(data.paused ? "resume" : "pause")}
            </Button>
          )
        }
      >
        <Runs runs={data.runs} terms={data.terms} />
      </Section>
      <Section
        title={say("terms")}
        actions={
          may &&
          !changing && (
            <Button icon="edit" onPress={() => setChanging(true)}>
              {say("change")}
            </Button>
          )
        }
      >
        <p className={desk.soft}>{say("guard_text", { share: data.guard_share })}</p>
        {changing ? (
          <Change known={known} close={() => setChanging(false)} />
        ) : (
          <Table
            label={say("terms")}
            rows={data.terms}
            keyOf={(term) => term.kind}
            columns={[
              { name: say("kept"), show: (term) => label(term.words) },
              { name: say("how_long"), show: (term) => <b>{inDays(say, term.days)}</b> },
              { name: say("bounds"), show: (term) => bounds(say, term) },
            ]}
          />
        )}
      </Section>
      <Settled terms={data.terms} />
    </>
  );
}

function bounds(say: Say<keyof typeof words.nl>, term: Term): string {
  const between = say("between", {
    shortest: inDays(say, term.shortest),
    longest: inDays(say, term.longest),
  });
  return term.endless ? say("or_endless", { between }) : between;
}

/** What differs from what holds now: only that is asked for. */
export function wantedOf(
  terms: readonly Pick<Term, "kind" | "days">[],
  chosen: Readonly<Partial<Record<Term["kind"], number | null>>>,
): Wanted[] {
  return terms.flatMap(({ kind, days }) => {
    const wish = chosen[kind];
    return wish === undefined || wish === days ? [] : [{ kind, days: wish }];
  });
}

function Change({ known, close }: { known: Read<Policy>; close: () => void }) {
  const say = useWords(words);
  const shared = useWords(common);
  const { terms } = known.data;
  const [chosen, setChosen] = useState<Partial<Record<Term["kind"], number | null>>>({});
  const wanted = wantedOf(terms, chosen);
  const deed = useDeed({
    run: (body: { terms: Wanted[] }) =>
      ask(
        api.PUT("/v1/retention", { params: { header: { "If-Match": known.revision } }, body }),
      ),
    touches: ["retention"],
    said: say("counting"),
    done: close,
  });
  const set = (kind: Term["kind"], days: number | null) => setChosen({ ...chosen, [kind]: days });
  return (
    <Form send={() => wanted.length && deed.act({ terms: wanted })}>
      <Table
        label={say("change")}
        rows={terms}
        keyOf={(term) => term.kind}
        columns={[
          { name: say("kept"), show: (term) => label(term.words) },
          {
            name: say("how_long"),
            show: (term) => {
              const days = chosen[term.kind] === undefined ? term.days : (chosen[term.kind] ?? null);
              return (
                <div className={desk.row}>
                  <NumberField
                    label={say("new_days")}
                    value={days ?? term.longest}
                    min={term.shortest}
                    max={term.longest}
                    disabled={days === null}
                    change={(value) => set(term.kind, value)}
                  />
                  {term.endless && (
                    <Checkbox
                      checked={days === null}
                      change={(endless) => set(term.kind, endless ? null : term.longest)}
                    >
                      {say("no_end")}
                    </Checkbox>
                  )}
                </div>
              );
            },
          },
          { name: say("bounds"), show: (term) => bounds(say, term) },
        ]}
      />
      <Problem error={deed.problem} />
      <div className={desk.row}>
        <Button kind="main" type="submit" isDisabled={!wanted.length || deed.busy}>
          {say("count_it")}
        </Button>
        <Button onPress={close}>{shared("cancel")}</Button>
        {!wanted.length && <span className={desk.soft}>{say("nothing_changed")}</span>}
      </div>
    </Form>
  );
}
