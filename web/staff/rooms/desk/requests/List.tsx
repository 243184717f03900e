// What people ask for themselves: the list with its clocks, and the way to one of them.

import { useState } from "react";
import { Link, useLocation } from "wouter";

import { api, ask, type Schema } from "../../../lib/api";
import { useFormat } from "../../../lib/format";
import { useMay } from "../../../lib/me";
import { save } from "../../../lib/saving";
import { useWords } from "../../../lib/words";
import { Badge } from "../../../parts/Badge";
import { Button } from "../../../parts/Button";
import { Select } from "../../../parts/Fields";
import { Empty, Shown } from "../../../parts/States";
import { Table } from "../../../parts/Table";
import { Problem } from "../../../parts/Problem";
import { label, More, Person, useDeed, usePages } from "../deeds";
import { DeskPage } from "../DeskPage";
import desk from "../desk.module.css";
import { words as common } from "../words";
import { Enter } from "./Enter";
import { words } from "./words";

type Request = Schema["OfficersRequestView"];
type State = Schema["SubjectRequestState"];

export function Requests() {
  const say = useWords(words);
  const shared = useWords(common);
  const may = useMay();
  const [, go] = useLocation();
  const [state, setState] = useState<State | "">("received");
  const [entering, setEntering] = useState(false);
  const found = usePages(["subject-requests", state], (cursor) =>
    ask(
      api.GET("/v1/subject-requests", {
        params: { query: { ...(state ? { state } : {}), ...(cursor ? { cursor } : {}) } },
      }),
    ),
  );
  const csv = useDeed({
    run: () =>
      ask(
        api.GET("/v1/subject-requests/register", {
          params: { query: state ? { state } : {} },
          parseAs: "text",
        }),
      ),
    touches: ["nothing"],
    done: (text) => save(new Blob([text], { type: "text/csv" }), "subject-requests.csv"),
  });
  return (
    <DeskPage
      title={say("title")}
      lead={say("lead")}
      actions={
        <>
          {may("subject_request:export") && (
            <Button icon="download" isDisabled={csv.busy} onPress={() => csv.act(undefined)}>
              {say("csv")}
            </Button>
          )}
          {may("subject_request:enter") && (
            <Button kind="main" icon="plus" onPress={() => setEntering(true)}>
              {say("register")}
            </Button>
          )}
        </>
      }
    >
      <Problem error={csv.problem} />
      <div className={desk.tools}>
        <Select
          label={shared("state")}
          value={state}
          change={(value) => setState(value as State | "")}
          options={[
            { value: "received", words: say("open") },
            { value: "upheld", words: say("upheld") },
            { value: "dismissed", words: say("dismissed") },
            { value: "", words: shared("all") },
          ]}
        />
      </div>
      <Shown of={found}>
        {({ pages }) => <Rows items={pages.flatMap((page) => page.items)} />}
      </Shown>
      <More of={found} />
      {entering && (
        <Enter
          close={() => setEntering(false)}
          done={(id) => go(`/desk/requests/${id}`)}
        />
      )}
    </DeskPage>
  );
}

function Rows({ items }: { items: readonly Request[] }) {
  const say = useWords(words);
  const shared = useWords(common);
  if (!items.length) return <Empty icon="check" title={say("none")} text={say("none_text")} />;
  return (
    <Table
      label={say("title")}
      rows={items}
      keyOf={(request) => request.subject_request_id}
      columns={[
        {
          name: say("kind"),
          show: (request) => (
            <Link href={`/desk/requests/${request.subject_request_id}`}>{label(request.kind_words)}</Link>
          ),
        },
        { name: shared("person"), show: (request) => <Person id={request.person_id} /> },
        { name: say("due"), show: (request) => <Clock of={request} /> },
        { name: say("identity"), show: (request) => <Identity of={request} /> },
      ]}
    />
  );
}

/** Until when it has to be answered, or when it was. */
export function Clock({ of }: { of: Request }) {
  const say = useWords(words);
  const format = useFormat();
  if (of.decided_at) {
    return (
      <Badge tone={of.state === "upheld" ? "yes" : "none"}>
        {say("answered", { day: format.day(of.decided_at) })}
      </Badge>
    );
  }
  const day = { day: format.day(of.due_at) };
  return (
    <span className={desk.row}>
      <Badge tone={of.overdue ? "no" : "wait"} icon="clock">
        {say(of.overdue ? "overdue" : "due_on", day)}
      </Badge>
      <span className={`${desk.soft} ${desk.small}`}>{format.fromNow(of.due_at)}</span>
    </span>
  );
}

/** How it is known who asks; that it is not is what stands out. */
export function Identity({ of }: { of: Request }) {
  const checked = of.identity !== "not_checked";
  return checked ? label(of.identity_words) : <Badge tone="wait" icon="warning">{label(of.identity_words)}</Badge>;
}
