// One record: what it says, how it stands, signing and revoking it, all that became of it.

import { useState } from "react";
import { Link } from "wouter";

import { api, ask } from "../../../lib/api";
import { useFormat } from "../../../lib/format";
import { useWords } from "../../../lib/words";
import { Badge } from "../../../parts/Badge";
import { Button } from "../../../parts/Button";
import { Dialog } from "../../../parts/Dialog";
import { Form as Fields, TextField } from "../../../parts/Fields";
import { Section } from "../../../parts/Page";
import { Problem } from "../../../parts/Problem";
import { Notice, Shown } from "../../../parts/States";
import { Table } from "../../../parts/Table";
import { label, useDeed, Who } from "../deeds";
import { DeskPage } from "../DeskPage";
import desk from "../desk.module.css";
import { words as common } from "../words";
import { latestOf, TOUCHED, useRecord, useRegister, type Form, type Record } from "./data";
import { TONES } from "./Registers";
import { words } from "./words";
import { Written } from "./Written";

export function RecordDetail({ id }: { id: string }) {
  const say = useWords(words);
  const found = useRecord(id);
  const record = found.data?.data;
  const register = useRegister(record?.kind ?? "dpia", record !== undefined);
  const form = register.data?.pages[0]?.form;
  const [doing, setDoing] = useState<"edit" | "sign" | "revoke" | null>(null);
  const may = (operation: Record["affordances"][number]) =>
    record?.affordances.includes(operation) ?? false;
  const close = () => setDoing(null);
  return (
    <DeskPage
      title={record ? latestOf(record).title : say("title")}
      {...(record ? { lead: record.kind_words } : {})}
      actions={
        <>
          {may("governance:change") && (
            <Button icon="edit" isDisabled={!form} onPress={() => setDoing("edit")}>
              {say("edit")}
            </Button>
          )}
          {may("governance:revoke") && (
            <Button kind="danger" onPress={() => setDoing("revoke")}>
              {say("revoke")}
            </Button>
          )}
          {may("governance:sign") && (
            <Button kind="main" icon="check" isDisabled={!form} onPress={() => setDoing("sign")}>
              {say("sign")}
            </Button>
          )}
        </>
      }
    >
      <p>
        <Link href="/desk/registers">{say("back")}</Link>
      </p>
      <Shown of={found} rows={5}>
        {({ data }) => <Known record={data} form={form} />}
      </Shown>
      {doing === "edit" && form && found.data && (
        <Written form={form} of={found.data} close={close} done={close} />
      )}
      {doing === "sign" && form && record && <Sign record={record} form={form} close={close} />}
      {doing === "revoke" && record && <Revoke record={record} close={close} />}
    </DeskPage>
  );
}

function Known({ record, form }: { record: Record; form: Form | undefined }) {
  const say = useWords(words);
  const format = useFormat();
  const last = latestOf(record);
  return (
    <>
      <div className={desk.row}>
        <Badge tone={TONES[record.state]}>{label(record.state_words)}</Badge>
        {record.holds_until && (
          <span className={desk.soft}>
            {say("until")} {format.moment(record.holds_until)}
          </span>
        )}
      </div>
      {record.open_questions.length > 0 && (
        <Notice kind="wait">
          <p>{say("open_questions")}</p>
          <ul className={desk.bullets}>
            {record.open_questions.map(({ field, words: question }) => (
              <li key={field}>{question}</li>
            ))}
          </ul>
        </Notice>
      )}
      <Section title={`${say("content")} · ${say("version_number", { number: last.version })}`}>
        <div className={desk.column}>
          {form?.questions.map(({ field, words: question }) => (
            <div key={field} className={desk.prose}>
              <h3>{question}</h3>
              {last.answers[field] ? (
                <p className={desk.quote}>{last.answers[field]}</p>
              ) : (
                <p className={desk.soft}>{say("unanswered")}</p>
              )}
            </div>
          ))}
        </div>
      </Section>
      <Section title={say("history")}>
        <History record={record} />
      </Section>
    </>
  );
}

function History({ record }: { record: Record }) {
  const say = useWords(words);
  const format = useFormat();
  const { versions, signatures, revocation } = record;
  const all = [
    ...versions.map((each) => ({
      at: each.written_at,
      by: each.written_by,
      what: say("wrote", { number: each.version }),
    })),
    ...signatures.map((each) => ({
      at: each.signed_at,
      by: each.signed_by,
      what: say("signed_version", { number: each.version, day: format.day(each.last_day) }),
    })),
    ...(revocation
      ? [
          {
            at: revocation.revoked_at,
            by: revocation.revoked_by,
            what: say("revoked_because", { reason: revocation.reason }),
          },
        ]
      : []),
  ].sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
  return (
    <Table
      label={say("history")}
      rows={all}
      keyOf={({ at, what }) => `${at} ${what}`}
      columns={[
        { name: say("happened"), show: ({ what }) => what },
        { name: say("when"), show: ({ at }) => format.moment(at) },
        { name: say("by"), show: ({ by }) => <Who id={by} /> },
      ]}
    />
  );
}

interface DeedProps {
  readonly record: Record;
  readonly close: () => void;
}

function Sign({ record, form, close }: DeedProps & { readonly form: Form }) {
  const say = useWords(words);
  const format = useFormat();
  const { version, sha256 } = latestOf(record);
  const { record_id } = record;
  const [day, setDay] = useState("");
  const sign = useDeed({
    run: () =>
      ask(
        api.POST("/v1/governance/{record_id}/signature", {
          params: { path: { record_id } },
          body: { version, sha256, last_day: day },
        }),
      ),
    touches: TOUCHED,
    said: say("signed"),
    done: close,
  });
  return (
    <Dialog title={say("sign")} open close={close}>
      <p>{say("sign_text")}</p>
      <Problem error={sign.problem} />
      <Fields send={() => sign.act(undefined)}>
        <TextField
          label={say("last_day")}
          type="date"
          value={day}
          change={setDay}
          hint={say("last_day_hint", { days: format.number(form.longest_days) })}
          required
        />
        <Button kind="main" type="submit" isDisabled={sign.busy || !day}>
          {say("sign")}
        </Button>
      </Fields>
    </Dialog>
  );
}

function Revoke({ record: { record_id }, close }: DeedProps) {
  const say = useWords(words);
  const shared = useWords(common);
  const [reason, setReason] = useState("");
  const revoke = useDeed({
    run: () =>
      ask(
        api.POST("/v1/governance/{record_id}/revocation", {
          params: { path: { record_id } },
          body: { reason: reason.trim() },
        }),
      ),
    touches: TOUCHED,
    said: say("revoked"),
    done: close,
  });
  return (
    <Dialog title={say("revoke")} open close={close}>
      <p>{say("revoke_text")}</p>
      <Problem error={revoke.problem} />
      <Fields send={() => revoke.act(undefined)}>
        <TextField
          label={say("reason")}
          value={reason}
          change={setReason}
          lines={3}
          maxLength={4000}
          required
        />
        <Button onPress={close}>{shared("cancel")}</Button>
        <Button kind="danger" type="submit" isDisabled={revoke.busy || !reason.trim()}>
          {say("revoke")}
        </Button>
      </Fields>
    </Dialog>
  );
}
