// One request: what is asked, by whom it is known to be, and what is decided on it.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";

import { api, ask, type Schema } from "../../../lib/api";
import { useFormat } from "../../../lib/format";
import { useMay } from "../../../lib/me";
import { useWords } from "../../../lib/words";
import { Button, LinkButton } from "../../../parts/Button";
import { useConfirm } from "../../../parts/Confirm";
import { Form, Select, TextField } from "../../../parts/Fields";
import { Facts, Section } from "../../../parts/Page";
import { Shown } from "../../../parts/States";
import { Problem } from "../../../parts/Problem";
import { label, Person, useDeed, useLabel, Who } from "../deeds";
import { DeskPage } from "../DeskPage";
import desk from "../desk.module.css";
import { words as common } from "../words";
import { Clock, Identity } from "./List";
import { words } from "./words";

type Request = Schema["OfficersRequestView"];

const one = (id: string) => ({ params: { path: { subject_request_id: id } } });

export function RequestDetail({ id }: { id: string }) {
  const say = useWords(words);
  const shared = useWords(common);
  const found = useQuery({
    queryKey: ["subject-requests", "one", id],
    queryFn: () => ask(api.GET("/v1/subject-requests/{subject_request_id}", one(id))),
  });
  return (
    <DeskPage
      title={found.data ? label(found.data.kind_words) : say("title")}
      actions={
        <LinkButton href="/desk/requests" icon="back" kind="quiet">
          {shared("back")}
        </LinkButton>
      }
    >
      <Shown of={found}>{(request) => <Known request={request} />}</Shown>
    </DeskPage>
  );
}

function Known({ request }: { request: Request }) {
  const say = useWords(words);
  const may = (operation: Schema["Operation"]) => request.affordances.includes(operation);
  const steps = (
    [
      ["subject_request:identify", <Check key="check" request={request} />],
      ["subject_request:decide", <Decide key="decide" request={request} />],
      ["subject_request:extend", <Extend key="extend" request={request} />],
      ["subject_request:lift", <Lift key="lift" request={request} />],
    ] as const
  ).flatMap(([operation, step]) => (may(operation) ? [step] : []));
  return (
    <div className={desk.split}>
      <div className={desk.column}>
        <Said request={request} />
        {request.decided_at && <Decided request={request} />}
      </div>
      <div className={desk.column}>
        {steps.length ? steps : <p className={desk.soft}>{say("nothing_to_do")}</p>}
      </div>
    </div>
  );
}

function Said({ request }: { request: Request }) {
  const say = useWords(words);
  const shared = useWords(common);
  const format = useFormat();
  const { extension } = request;
  return (
    <Section title={label(request.kind_words)}>
      <Facts
        facts={[
          [shared("person"), <Person key="person" id={request.person_id} />],
          [say("clock"), <Clock key="clock" of={request} />],
          [say("asked_on"), format.day(request.asked_at)],
          [say("came"), label(request.received_words)],
          [say("identity"), <Identity key="identity" of={request} />],
          ...(request.entered_by
            ? [[say("entered_by"), <Who key="who" id={request.entered_by} />] as const]
            : []),
          ...(request.asset_id
            ? [
                [
                  say("picture"),
                  <Link key="picture" href={`/pictures/${request.asset_id}`}>
                    {request.asset_id.slice(0, 8)}
                  </Link>,
                ] as const,
              ]
            : []),
          ...(extension
            ? [
                [
                  say("extension"),
                  say("extension_of", { count: extension.months, day: format.day(extension.at) }),
                ] as const,
              ]
            : []),
        ]}
      />
      {extension?.reason && <p className={desk.quote}>{extension.reason}</p>}
      {request.details && (
        <div>
          <p className={`${desk.soft} ${desk.small}`}>{say("in_words")}</p>
          <p className={desk.quote}>{request.details}</p>
        </div>
      )}
    </Section>
  );
}

function Decided({ request }: { request: Request }) {
  const say = useWords(words);
  const format = useFormat();
  const may = useMay();
  const { lifting } = request;
  return (
    <Section
      title={say("decision")}
      actions={
        request.kind === "erasure" && request.state === "upheld" && may("erasure:list") ? (
          <LinkButton href="/desk/erasures">{say("erasure")}</LinkButton>
        ) : undefined
      }
    >
      <p>{request.state_words}</p>
      {request.reason && <p className={desk.quote}>{request.reason}</p>}
      <Facts
        facts={[
          [say("decided_by"), <Who key="who" id={request.decided_by} />],
          ...(lifting
            ? [[say("lifting"), say("lifts", { day: format.day(lifting.lifts_from) })] as const]
            : []),
        ]}
      />
    </Section>
  );
}

const KNOWN: readonly Schema["IdentityOrder"]["identity"][] = [
  "document_was_seen",
  "known_to_staff",
  "guardian_was_checked",
];

function Check({ request }: { request: Request }) {
  const say = useWords(words);
  const told = useLabel();
  const [known, setKnown] = useState(KNOWN[0] ?? "document_was_seen");
  const deed = useDeed({
    run: (identity: typeof known) =>
      ask(
        api.POST("/v1/subject-requests/{subject_request_id}/identity", {
          ...one(request.subject_request_id),
          body: { identity },
        }),
      ),
    touches: ["subject-requests"],
    said: say("known"),
  });
  return (
    <Section title={say("check")}>
      <p className={desk.soft}>{say("check_text")}</p>
      <Form send={() => deed.act(known)}>
        <Select
          label={say("how_known")}
          value={known}
          change={(value) => setKnown(value as typeof known)}
          options={KNOWN.map((id) => ({ value: id, words: told(id) }))}
        />
        <div>
          <Button type="submit" isDisabled={deed.busy}>
            {say("say_known")}
          </Button>
        </div>
      </Form>
      <Problem error={deed.problem} />
    </Section>
  );
}

function Decide({ request }: { request: Request }) {
  const say = useWords(words);
  const shared = useWords(common);
  const confirm = useConfirm();
  const [reason, setReason] = useState("");
  const deed = useDeed({
    run: (outcome: Schema["DecisionOrder"]["outcome"]) =>
      ask(
        api.POST("/v1/subject-requests/{subject_request_id}/decision", {
          ...one(request.subject_request_id),
          body: { outcome, reason: reason.trim() },
        }),
      ),
    said: say("decided"),
  });
  const decide = async (outcome: "upheld" | "dismissed") => {
    const uphold = outcome === "upheld";
    const kind = label(request.kind_words);
    const agreed = await confirm({
      title: say(uphold ? "uphold_title" : "dismiss_title"),
      text: say(uphold ? "uphold_text" : "dismiss_text", { kind }),
      act: say(uphold ? "uphold" : "dismiss"),
      danger: uphold && request.kind === "erasure",
    });
    if (agreed) deed.act(outcome);
  };
  const ready = reason.trim() !== "" && !deed.busy;
  return (
    <Section title={say("decide")}>
      <p className={desk.soft}>{say("decide_text")}</p>
      <TextField
        label={shared("reason")}
        hint={say("reason_hint")}
        value={reason}
        change={setReason}
        lines={4}
        maxLength={4000}
        required
      />
      <div className={desk.row}>
        {request.outcomes.includes("upheld") && (
          <Button kind="main" isDisabled={!ready} onPress={() => void decide("upheld")}>
            {say("uphold")}
          </Button>
        )}
        {request.outcomes.includes("dismissed") && (
          <Button isDisabled={!ready} onPress={() => void decide("dismissed")}>
            {say("dismiss")}
          </Button>
        )}
      </div>
      <Problem error={deed.problem} />
    </Section>
  );
}

function Extend({ request }: { request: Request }) {
  const say = useWords(words);
  const shared = useWords(common);
  const [months, setMonths] = useState("1");
  const [reason, setReason] = useState("");
  const deed = useDeed({
    run: () =>
      ask(
        api.POST("/v1/subject-requests/{subject_request_id}/extension", {
          ...one(request.subject_request_id),
          body: { months: Number(months), reason: reason.trim() },
        }),
      ),
    touches: ["subject-requests"],
    said: say("extended"),
  });
  return (
    <Section title={say("extend")}>
      <p className={desk.soft}>{say("extend_text")}</p>
      <Form send={() => deed.act(undefined)}>
        <Select
          label={say("months")}
          value={months}
          change={setMonths}
          options={[
            { value: "1", words: say("month_one") },
            { value: "2", words: say("month_two") },
          ]}
        />
        <TextField
          label={shared("reason")}
          hint={say("reason_hint")}
          value={reason}
          change={setReason}
          lines={2}
          maxLength={4000}
          required
        />
        <div>
          <Button type="submit" isDisabled={!reason.trim() || deed.busy}>
            {say("extend")}
          </Button>
        </div>
      </Form>
      <Problem error={deed.problem} />
    </Section>
  );
}

const TOLD: readonly Schema["ToldBy"][] = [
  "told_by_mail",
  "told_by_letter",
  "told_by_phone",
  "told_at_counter",
];

function Lift({ request }: { request: Request }) {
  const say = useWords(words);
  const shared = useWords(common);
  const told = useLabel();
  const confirm = useConfirm();
  const [way, setWay] = useState<Schema["ToldBy"]>("told_by_mail");
  const [reason, setReason] = useState("");
  const deed = useDeed({
    run: () =>
      ask(
        api.POST("/v1/subject-requests/{subject_request_id}/lift", {
          ...one(request.subject_request_id),
          body: { reason: reason.trim(), told: way },
        }),
      ),
    touches: ["subject-requests"],
  });
  const lift = async () => {
    const asked = { title: `${say("lift")}?`, text: say("lift_text"), act: say("lift") };
    if (await confirm(asked)) deed.act(undefined);
  };
  return (
    <Section title={say("lift")}>
      <p className={desk.soft}>{say("lift_text")}</p>
      <Form send={() => void lift()}>
        <Select
          label={say("told")}
          value={way}
          change={(value) => setWay(value as Schema["ToldBy"])}
          options={TOLD.map((id) => ({ value: id, words: told(id) }))}
        />
        <TextField
          label={shared("reason")}
          hint={say("reason_hint")}
          value={reason}
          change={setReason}
          lines={2}
          maxLength={4000}
          required
        />
        <div>
          <Button type="submit" isDisabled={!reason.trim() || deed.busy}>
            {say("lift")}
          </Button>
        </div>
      </Form>
      <Problem error={deed.problem} />
    </Section>
  );
}
