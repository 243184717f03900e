// One breach: its clock, whom it touches, its draft notices, and what was done about it.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { api, ask, type Schema } from "../../../lib/api";
import { useFormat } from "../../../lib/format";
import { useWords } from "../../../lib/words";
import { Button, LinkButton } from "../../../parts/Button";
import { Facts, Section } from "../../../parts/Page";
import { Problem } from "../../../parts/Problem";
import { Notice, Shown } from "../../../parts/States";
import { Id, label, useDeed, useLabel, Who } from "../deeds";
import { DeskPage } from "../DeskPage";
import desk from "../desk.module.css";
import { words as common } from "../words";
import { Clock } from "./Clock";
import { Events } from "./Events";
import { Notices } from "./Notices";
import { Touched } from "./Touched";
import { words } from "./words";

const LOOK_AGAIN = 2_000; // milliseconds, while it is being looked up

export function BreachDetail({ id }: { id: string }) {
  const say = useWords(words);
  const shared = useWords(common);
  // Of when the numbers were that are looked up again.
  const [before, setBefore] = useState<string | null>(null);
  const counting = (breach: Schema["BreachView"] | undefined) =>
    breach !== undefined && (breach.touched?.found_at ?? null) === before;
  const found = useQuery({
    queryKey: ["breaches", "one", id],
    queryFn: () => ask(api.GET("/v1/breaches/{breach_id}", { params: { path: { breach_id: id } } })),
    refetchInterval: ({ state }) => (counting(state.data) ? LOOK_AGAIN : false),
  });
  return (
    <DeskPage
      title={found.data ? label(found.data.kind_words) : say("title")}
      actions={
        <LinkButton href="/desk/breaches" icon="back" kind="quiet">
          {shared("back")}
        </LinkButton>
      }
    >
      <Shown of={found}>
        {(breach) => (
          <>
            {breach.kind === "breach_drill" && <Notice kind="none">{say("drill")}</Notice>}
            <div className={desk.split}>
              <div className={desk.column}>
                <Known breach={breach} />
                <Reach
                  breach={breach}
                  counting={counting(breach)}
                  again={() => setBefore(breach.touched?.found_at ?? null)}
                />
                <Notices breach={breach} />
              </div>
              <Events breach={breach} />
            </div>
          </>
        )}
      </Shown>
    </DeskPage>
  );
}

function Known({ breach }: { breach: Schema["BreachView"] }) {
  const say = useWords(words);
  const shared = useWords(common);
  const format = useFormat();
  const told = useLabel();
  const { scope } = breach;
  return (
    <Section title={say("facts")}>
      <p className={desk.quote}>{breach.description}</p>
      <Facts
        facts={[
          [shared("state"), label(breach.state_words)],
          [say("clock"), <Clock key="clock" of={breach} />],
          [say("aware"), format.moment(breach.aware_at)],
          [say("start"), format.moment(scope.start)],
          [say("end"), scope.end ? format.moment(scope.end) : "–"],
          [say("store"), scope.store ? told(scope.store) : say("any")],
          [say("role"), scope.role ? told(scope.role) : say("any")],
          [say("actor"), scope.actor ? <Id key="actor" of={scope.actor} /> : say("any")],
          [say("recorded_by"), <Who key="by" id={breach.recorded_by} />],
        ]}
      />
    </Section>
  );
}

interface ReachProps {
  readonly breach: Schema["BreachView"];
  /** Whether it is being looked up. */
  readonly counting: boolean;
  /** It is looked up again from here on. */
  readonly again: () => void;
}

function Reach({ breach, counting, again: asked }: ReachProps) {
  const say = useWords(words);
  const format = useFormat();
  const { touched } = breach;
  const again = useDeed({
    run: () =>
      ask(
        api.POST("/v1/breaches/{breach_id}/assessment", {
          params: { path: { breach_id: breach.breach_id } },
        }),
      ),
    touches: ["breaches"],
    said: say("asked_again"),
    done: asked,
  });
  return (
    <Section
      title={say("touches")}
      actions={
        breach.affordances.includes("breach:change") && (
          <Button isDisabled={again.busy || counting} onPress={() => again.act(undefined)}>
            {say("again")}
          </Button>
        )
      }
    >
      <Problem error={again.problem} />
      <p role="status">{counting && say("counting")}</p>
      {touched && (
        <>
          <Facts
            facts={[
              [say("people"), format.number(touched.people)],
              [say("pictures"), format.number(touched.pictures)],
              [say("entries"), format.number(touched.entries)],
              [say("found_at"), format.moment(touched.found_at)],
            ]}
          />
          <ul className={desk.bullets} aria-label={say("categories")}>
            {touched.categories.map((each) => (
              <li key={each.category}>{label(each.words)}</li>
            ))}
          </ul>
          <Touched id={breach.breach_id} />
        </>
      )}
    </Section>
  );
}
