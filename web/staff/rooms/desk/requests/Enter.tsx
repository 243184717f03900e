// A request that came in a letter, a mail, by telephone or at the counter.

import { useState } from "react";

import { api, ask, type Schema } from "../../../lib/api";
import { useWords } from "../../../lib/words";
import { Button } from "../../../parts/Button";
import { Dialog } from "../../../parts/Dialog";
import { Form, Select, TextField } from "../../../parts/Fields";
import { Problem } from "../../../parts/Problem";
import { useDeed, useKey, useLabel } from "../deeds";
import desk from "../desk.module.css";
import { PersonField } from "../PersonField";
import { words as common } from "../words";
import { words } from "./words";

type Order = Schema["EnterOrder"];

const KINDS: readonly Order["kind"][] = [
  "export",
  "rectification",
  "restriction",
  "objection",
  "erasure",
];
const WAYS: readonly Order["received"][] = [
  "asked_by_letter",
  "asked_by_mail",
  "asked_by_phone",
  "asked_at_counter",
];
const KNOWN: readonly NonNullable<Order["identity"]>[] = [
  "not_checked",
  "known_to_staff",
  "document_was_seen",
  "guardian_was_checked",
];

/** Today, as a date field has it. */
export const today = () => new Date().toLocaleDateString("sv");

interface Props {
  readonly close: () => void;
  readonly done: (id: string) => void;
}

export function Enter({ close, done }: Props) {
  const say = useWords(words);
  const shared = useWords(common);
  const told = useLabel();
  const [key] = useKey();
  const [person, setPerson] = useState<string | null>(null);
  const [kind, setKind] = useState<Order["kind"]>("export");
  const [way, setWay] = useState<Order["received"]>("asked_by_letter");
  const [known, setKnown] = useState<NonNullable<Order["identity"]>>("not_checked");
  const [day, setDay] = useState(today);
  const [details, setDetails] = useState("");
  const deed = useDeed({
    run: (body: Order) =>
      ask(
        api.POST("/v1/subject-requests", {
          params: { header: { "Idempotency-Key": key } },
          body,
        }),
      ),
    said: say("entered"),
    done: (made) => {
      close();
      done(made.subject_request_id);
    },
  });
  const send = () => {
    if (!person || deed.busy) return;
    deed.act({
      person_id: person,
      kind,
      received: way,
      identity: known,
      asked_day: day,
      ...(details.trim() ? { details: details.trim() } : {}),
    });
  };
  const options = (ids: readonly string[]) => ids.map((id) => ({ value: id, words: told(id) }));
  return (
    <Dialog
      title={say("register")}
      open
      close={close}
      wide
      actions={
        <>
          <Button onPress={close}>{shared("cancel")}</Button>
          <Button kind="main" isDisabled={!person || deed.busy} onPress={send}>
            {say("send")}
          </Button>
        </>
      }
    >
      <Form send={send}>
        <PersonField label={say("find_person")} value={person} change={setPerson} />
        <div className={desk.fields}>
          <Select
            label={say("kind")}
            value={kind}
            change={(value) => setKind(value as Order["kind"])}
            options={options(KINDS)}
          />
          <Select
            label={say("way")}
            value={way}
            change={(value) => setWay(value as Order["received"])}
            options={options(WAYS)}
          />
          <TextField label={say("asked_day")} hint={say("asked_day_hint")} type="date" value={day} change={setDay} />
          <Select
            label={say("how_known")}
            value={known}
            change={(value) => setKnown(value as NonNullable<Order["identity"]>)}
            options={options(KNOWN)}
          />
        </div>
        <TextField
          label={say("details")}
          hint={say("details_hint")}
          value={details}
          change={setDetails}
          lines={4}
          maxLength={4000}
        />
      </Form>
      <Problem error={deed.problem} />
    </Dialog>
  );
}
