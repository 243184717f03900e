// A breach to record, or a drill to hold: when, and what could have been reached.

import { useState } from "react";

import { api, ask, type Schema } from "../../../lib/api";
import { ROLES } from "../../../lib/roles";
import { useWords } from "../../../lib/words";
import { Button } from "../../../parts/Button";
import { Dialog } from "../../../parts/Dialog";
import { Form, Select, TextField } from "../../../parts/Fields";
import { Problem } from "../../../parts/Problem";
import { useDeed, useKey, useLabel } from "../deeds";
import desk from "../desk.module.css";
import { words as common } from "../words";
import { words } from "./words";

type Order = Schema["BreachOrder"];

// Complete by its type: a store that is new to the API is missed by tsc.
const STORES: Readonly<Record<Schema["Store"], true>> = {
  store_library: true, store_consent: true, store_biometrics: true, store_keys: true, store_limits: true,
  store_audit: true, store_originals: true, store_renditions: true, store_exports: true, store_documents: true,
  store_checkpoints: true, store_access_logs: true, store_queues: true, store_streams: true, store_workflows: true,
  store_schedules: true, store_logs: true, store_backups: true, store_users: true, store_mail_service: true,
};

/** An instant, as the field has it: the time here, to the minute. */
const local = (at: Date) => at.toLocaleString("sv").slice(0, 16).replace(" ", "T");
const back = (hours: number) => local(new Date(Date.now() - hours * 3_600_000));

interface Props {
  readonly close: () => void;
  readonly done: (id: string) => void;
}

export function Enter({ close, done }: Props) {
  const say = useWords(words);
  const shared = useWords(common);
  const told = useLabel();
  const [key] = useKey();
  const [kind, setKind] = useState<Order["kind"]>("breach_drill");
  const [description, setDescription] = useState("");
  const [start, setStart] = useState(() => back(24));
  const [end, setEnd] = useState(() => back(0));
  const [aware, setAware] = useState(() => back(0));
  const [actor, setActor] = useState("");
  const [role, setRole] = useState("");
  const [store, setStore] = useState("");
  const deed = useDeed({
    run: (body: Order) =>
      ask(api.POST("/v1/breaches", { params: { header: { "Idempotency-Key": key } }, body })),
    touches: ["breaches"],
    said: say("recorded"),
    done: ({ breach_id }) => {
      close();
      done(breach_id);
    },
  });
  const ready = Boolean(description.trim() && start && end) && !deed.busy;
  const send = () => {
    if (!ready) return;
    const at = (value: string) => new Date(value).toISOString();
    deed.act({
      kind,
      description: description.trim(),
      scope: {
        start: at(start),
        end: at(end),
        ...(actor.trim() ? { actor: actor.trim() } : {}),
        ...(role ? { role: role as Schema["Role"] } : {}),
        ...(store ? { store: store as Schema["Store"] } : {}),
      },
      ...(aware ? { aware_at: at(aware) } : {}),
    });
  };
  const options = (ids: readonly string[], none: string) => [
    { value: "", words: none },
    ...ids.map((id) => ({ value: id, words: told(id) })),
  ];
  return (
    <Dialog
      title={say("record")}
      open
      close={close}
      wide
      actions={
        <>
          <Button onPress={close}>{shared("cancel")}</Button>
          <Button kind="main" isDisabled={!ready} onPress={send}>
            {say("send")}
          </Button>
        </>
      }
    >
      <Form send={send}>
        <Select
          label={say("kind")}
          value={kind}
          change={(value) => setKind(value as Order["kind"])}
          options={(["breach_drill", "breach_real"] as const).map((id) => ({ value: id, words: told(id) }))}
        />
        <TextField
          label={say("description")}
          hint={say("description_hint")}
          value={description}
          change={setDescription}
          lines={3}
          maxLength={4000}
          required
        />
        <div className={desk.search}>
          <TextField label={say("aware")} hint={say("aware_hint")} type="datetime-local" value={aware} change={setAware} />
          <TextField label={say("start")} type="datetime-local" value={start} change={setStart} required />
          <TextField label={say("end")} type="datetime-local" value={end} change={setEnd} required />
          <Select label={say("store")} hint={say("store_hint")} value={store} change={setStore} options={options(Object.keys(STORES), say("any"))} />
          <Select label={say("role")} value={role} change={setRole} options={options(ROLES, say("any"))} />
          <TextField label={say("actor")} hint={say("actor_hint")} value={actor} change={setActor} />
        </div>
      </Form>
      <Problem error={deed.problem} />
    </Dialog>
  );
}
