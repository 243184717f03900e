// Asking many at once: whom, with which wording, how; then what came of it for each.

import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";

import { api, ask, type Schema } from "../../lib/api";
import { newKey } from "../../lib/keys";
import { useMay } from "../../lib/me";
import { useWords } from "../../lib/words";
import { Button, IconButton, LinkButton } from "../../parts/Button";
import { Select, TextField } from "../../parts/Fields";
import { Page, Section } from "../../parts/Page";
import { Notice, Shown, useSentence } from "../../parts/States";
import { toast } from "../../parts/Toasts";
import { useQueryClient } from "@tanstack/react-query";
import { asking } from "./asking.words";
import { choose, toggle, useChosen } from "./chosen";
import { PEOPLE, useNames, useWordings } from "./data";
import { Outcome, type Came } from "./Outcome";
import { pasted } from "./pasted";
import css from "./people.module.css";
import { Terms } from "./Terms";

/** As many as the API takes in one order. */
const BATCH = 100;

interface Batch {
  readonly key: string;
  readonly people: readonly Schema["AskedPerson"][];
}

type Delivery = Schema["AskOrder"]["delivery"];

export function Ask() {
  const say = useWords(asking);
  const may = useMay();
  const nameOf = useNames();
  const chosen = useChosen();
  const wordings = useWordings();
  const queries = useQueryClient();
  const sentence = useSentence();
  const [wording, setWording] = useState("");
  const [delivery, setDelivery] = useState<Delivery>("link");
  const [sessionId, setSessionId] = useState("");
  const [photographer, setPhotographer] = useState("");
  const [text, setText] = useState("");
  const [came, setCame] = useState<readonly Came[] | null>(null);
  const [done, setDone] = useState<number | null>(null);
  // What was begun is sent again with the same keys: nobody is asked twice.
  const begun = useRef<{ readonly of: string; readonly batches: readonly Batch[] } | null>(
    null,
  );
  const sessions = useQuery({
    queryKey: ["sessions", "few"],
    queryFn: () => ask(api.GET("/v1/sessions", { params: { query: { limit: 50 } } })),
    enabled: may("session:list"),
  });
  const added = pasted(text, delivery === "link");
  const count = chosen.size + added.people.length;
  const taken = wording || (wordings.data?.items[0]?.wording ?? "");

  const send = async () => {
    const people: Schema["AskedPerson"][] = [
      ...[...chosen].map((person_id) => ({ person_id, country: "NL" })),
      ...added.people,
    ];
    const order = {
      wording: taken,
      delivery,
      pictures: [],
      ...(sessionId ? { session_id: sessionId } : {}),
      ...(photographer.trim() ? { photographer: photographer.trim() } : {}),
    };
    const of = JSON.stringify([order, people]);
    if (begun.current?.of !== of) {
      const batches: Batch[] = [];
      for (let at = 0; at < people.length; at += BATCH) {
        batches.push({ key: newKey(), people: people.slice(at, at + BATCH) });
      }
      begun.current = { of, batches };
    }
    const outcome: Came[] = [];
    setDone(0);
    try {
      for (const batch of begun.current.batches) {
        const answer = await ask(
          api.POST("/v1/consent-requests", {
            params: { header: { "Idempotency-Key": batch.key } },
            body: { ...order, people: [...batch.people] },
          }),
        );
        answer.items.forEach((item, index) => {
          const asked = batch.people[index];
          const known = item.person_id && nameOf(item.person_id);
          outcome.push({ ...item, name: known || asked?.name || say("someone") });
        });
        setDone(outcome.length);
      }
      begun.current = null;
      choose(
        outcome.flatMap((each) => (each.problem && each.person_id ? [each.person_id] : [])),
      );
      setCame(outcome);
    } catch (error) {
      toast(sentence(error), { kind: "no" });
    } finally {
      setDone(null);
      void queries.invalidateQueries({ queryKey: PEOPLE });
      void queries.invalidateQueries({ queryKey: ["consent-requests"] });
    }
  };

  if (came) {
    return (
      <Outcome
        came={came}
        again={() => {
          setCame(null);
          setText("");
        }}
      />
    );
  }
  return (
    <Page
      title={say("ask")}
      lead={say("ask_lead")}
      actions={
        <LinkButton href="/people" kind="quiet" icon="back">
          {say("back")}
        </LinkButton>
      }
    >
      <div className={css.two}>
        <Section title={say("whom")}>
          {chosen.size === 0 && <p className={css.soft}>{say("whom_none")}</p>}
          <ul className={css.came} aria-label={say("whom")}>
            {[...chosen].map((personId) => {
              const name = nameOf(personId) ?? say("someone");
              return (
                <li key={personId}>
                  <span>{name}</span>
                  <IconButton
                    icon="close"
                    label={say("remove", { name })}
                    onPress={() => toggle(personId)}
                  />
                </li>
              );
            })}
          </ul>
          <div>
            <LinkButton href="/people" icon="people">
              {say("choose_from_list")}
            </LinkButton>
          </div>
          <TextField
            label={say("new_people")}
            lines={4}
            value={text}
            change={setText}
            hint={say(delivery === "link" ? "new_hint" : "new_hint_tablet")}
          />
          {added.unread.length > 0 && (
            <Notice kind="wait">
              {say("unread", {
                count: added.unread.length,
                lines: added.unread.slice(0, 3).join(" / "),
              })}
            </Notice>
          )}
        </Section>
        <Section title={say("what")}>
          <Shown of={wordings}>
            {({ items }) => {
              const shown = items.find((each) => each.wording === taken);
              return (
                <>
                  <Select
                    label={say("wording")}
                    value={taken}
                    change={setWording}
                    options={items.map((each) => ({
                      value: each.wording,
                      words: say("wording_option", {
                        title: each.title,
                        version: each.version,
                      }),
                    }))}
                  />
                  {shown && <Terms channels={shown.channels} />}
                </>
              );
            }}
          </Shown>
          <Select
            label={say("delivery")}
            value={delivery}
            change={(value) => setDelivery(value === "tablet" ? "tablet" : "link")}
            options={[
              { value: "link", words: say("by_link") },
              { value: "tablet", words: say("on_tablet") },
            ]}
          />
          {sessions.data && (
            <Select
              label={say("session")}
              value={sessionId}
              change={setSessionId}
              options={[
                { value: "", words: say("no_session") },
                ...sessions.data.items.map((each) => ({
                  value: each.session_id,
                  words: `${each.on} · ${each.title}`,
                })),
              ]}
            />
          )}
          <TextField
            label={say("photographer")}
            value={photographer}
            change={setPhotographer}
            maxLength={120}
          />
          <div className={css.row}>
            <Button
              kind="main"
              icon="mail"
              isDisabled={count === 0 || !taken || done !== null}
              onPress={() => void send()}
            >
              {say("send", { count })}
            </Button>
            <span role="status" className={css.soft}>
              {done !== null && say("sending", { done, count })}
            </span>
          </div>
        </Section>
      </div>
    </Page>
  );
}
