// What was done about a breach, in time, and noting the next of it.

import { useState } from "react";

import { api, ask, type Schema } from "../../../lib/api";
import { useFormat } from "../../../lib/format";
import { useWords } from "../../../lib/words";
import { Button } from "../../../parts/Button";
import { useConfirm } from "../../../parts/Confirm";
import { Form, Select, TextField } from "../../../parts/Fields";
import { Section } from "../../../parts/Page";
import { Problem } from "../../../parts/Problem";
import { label, useDeed, useLabel, Who } from "../deeds";
import desk from "../desk.module.css";
import { words as common } from "../words";
import { words } from "./words";

type Event = Schema["BreachEvent"];

const EVENTS: readonly Event[] = [
  "breach_authority_told",
  "breach_authority_not_told",
  "breach_people_told",
  "breach_people_not_told",
  "breach_closed",
];

export function Events({ breach }: { breach: Schema["BreachView"] }) {
  const say = useWords(words);
  const format = useFormat();
  return (
    <div className={desk.column}>
      <Section title={say("events")}>
        {breach.events.length === 0 && <p className={desk.soft}>{say("no_events")}</p>}
        <ol className={desk.steps}>
          {breach.events.map((each) => (
            <li key={`${each.event} ${each.at}`} data-done>
              <div>
                <strong>{label(each.words)}</strong>
                <p>{each.reason}</p>
                <p className={`${desk.soft} ${desk.small}`}>
                  {format.moment(each.at)}, <Who id={each.by} />
                </p>
              </div>
            </li>
          ))}
        </ol>
      </Section>
      {breach.affordances.includes("breach:change") && <Note id={breach.breach_id} />}
    </div>
  );
}

function Note({ id }: { id: string }) {
  const say = useWords(words);
  const shared = useWords(common);
  const told = useLabel();
  const confirm = useConfirm();
  const [event, setEvent] = useState<Event>("breach_authority_told");
  const [reason, setReason] = useState("");
  const deed = useDeed({
    run: () =>
      ask(
        api.POST("/v1/breaches/{breach_id}/events", {
          params: { path: { breach_id: id } },
          body: { event, reason: reason.trim() },
        }),
      ),
    touches: ["breaches"],
    said: say("noted"),
    done: () => setReason(""),
  });
  const note = async () => {
    if (!reason.trim() || deed.busy) return;
    const asked = {
      title: say("sure"),
      text: `${told(event)}. ${say(event === "breach_closed" ? "close_text" : "note_text")}`,
      act: say("note"),
    };
    if (await confirm(asked)) deed.act(undefined);
  };
  return (
    <Section title={say("note_title")}>
      <Form send={() => void note()}>
        <Select
          label={say("event")}
          value={event}
          change={(value) => setEvent(value as Event)}
          options={EVENTS.map((value) => ({ value, words: told(value) }))}
        />
        <TextField label={shared("reason")} value={reason} change={setReason} lines={3} maxLength={4000} required />
        <div>
          <Button type="submit" isDisabled={!reason.trim() || deed.busy}>
            {say("note")}
          </Button>
        </div>
      </Form>
      <Problem error={deed.problem} />
    </Section>
  );
}
