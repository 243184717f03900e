// What happened: searched by subject, day, person and deed; kept as a file.

import { useState } from "react";
import { Link } from "wouter";

import { api, ask, type Schema } from "../../../lib/api";
import { useFormat } from "../../../lib/format";
import { useMay } from "../../../lib/me";
import { save } from "../../../lib/saving";
import { useWords } from "../../../lib/words";
import { Button } from "../../../parts/Button";
import { Form, TextField } from "../../../parts/Fields";
import { Section } from "../../../parts/Page";
import { Problem } from "../../../parts/Problem";
import { Empty, Shown } from "../../../parts/States";
import { Table } from "../../../parts/Table";
import { toast } from "../../../parts/Toasts";
import { Id, More, useDeed, usePages, Who } from "../deeds";
import { DeskPage } from "../DeskPage";
import desk from "../desk.module.css";
import { byDay, type Entry } from "./days";
import { csvOf, type Asked } from "./file";
import { words } from "./words";

const NOTHING = { subject: "", actor: "", tag: "", day: "", until: "" };
type Wanted = Readonly<typeof NOTHING>;

/** What was filled in, as the API is asked for it. */
const asked = (wanted: Wanted): Asked =>
  Object.fromEntries(
    Object.entries(wanted).flatMap(([name, value]) => {
      const said = value.trim();
      return said ? [[name, said]] : [];
    }),
  );

export function Audit() {
  const say = useWords(words);
  const may = useMay();
  const [filled, setFilled] = useState<Wanted>(NOTHING);
  const [wanted, setWanted] = useState<Wanted>(NOTHING);
  const found = usePages(["audit", "search", wanted], (cursor) =>
    ask(
      api.GET("/v1/audit", {
        params: { query: { ...asked(wanted), limit: 50, ...(cursor ? { cursor } : {}) } },
      }),
    ),
  );
  const csv = useDeed({
    run: () => csvOf(asked(wanted)),
    touches: ["nothing"],
    done: ({ text, rows }) => {
      save(new Blob([text], { type: "text/csv" }), "audit.csv");
      toast(say("csv_done", { count: rows }));
    },
  });
  const field = (name: keyof Wanted) => ({
    label: say(name),
    value: filled[name],
    change: (value: string) => setFilled({ ...filled, [name]: value }),
  });
  return (
    <DeskPage
      title={say("title")}
      lead={say("lead")}
      actions={
        may("audit:export") && (
          <Button icon="download" isDisabled={csv.busy} onPress={() => csv.act(undefined)}>
            {say("csv")}
          </Button>
        )
      }
    >
      <Problem error={csv.problem} />
      <Form send={() => setWanted(filled)}>
        <div className={desk.search}>
          <TextField {...field("subject")} hint={say("subject_hint")} />
          <TextField {...field("actor")} hint={say("actor_hint")} />
          <TextField {...field("tag")} hint={say("tag_hint")} />
          <TextField {...field("day")} type="date" hint={say("days_hint")} />
          <TextField {...field("until")} type="date" />
        </div>
        <div className={desk.row}>
          <Button kind="main" type="submit" icon="search">
            {say("search")}
          </Button>
          <Button
            onPress={() => {
              setFilled(NOTHING);
              setWanted(NOTHING);
            }}
          >
            {say("clear")}
          </Button>
        </div>
      </Form>
      <Shown of={found} rows={6}>
        {({ pages }) => <Days entries={pages.flatMap((page) => page.items)} />}
      </Shown>
      <More of={found} />
    </DeskPage>
  );
}

function Days({ entries }: { entries: readonly Entry[] }) {
  const say = useWords(words);
  const format = useFormat();
  if (!entries.length) {
    return <Empty icon="search" title={say("none")} text={say("none_text")} />;
  }
  return byDay(entries).map(([first, ofDay]) => {
    const name = format.day(first.at);
    return (
      <Section key={name} title={name}>
        <Table
          label={say("found", { day: name })}
          rows={ofDay}
          keyOf={(entry) => entry.entry_id}
          columns={[
            { name: say("when"), show: ({ at }) => format.moment(at) },
            { name: say("what"), show: ({ tag }) => <code>{tag}</code> },
            { name: say("who"), show: ({ actor }) => <Who id={actor} /> },
            { name: say("about"), show: (entry) => <About of={entry} /> },
            { name: say("also"), show: ({ data }) => <Also data={data} /> },
          ]}
        />
      </Section>
    );
  });
}

/** What it happened to, with the way there where a page shows it. */
function About({ of: { subject, tag } }: { of: Entry }) {
  const [, kind] = tag.split(":");
  const room = kind === "asset" ? "/pictures" : kind === "person" ? "/people" : null;
  if (!room || subject.length !== 32) return <Id of={subject} />;
  return (
    <Link href={`${room}/${subject}`}>
      <Id of={subject} />
    </Link>
  );
}

function Also({ data }: { data: Schema["EntryView"]["data"] }) {
  const said = Object.entries(data).filter(([, value]) => value !== null);
  if (!said.length) return "–";
  return (
    <span className={desk.small}>
      {said.map(([name, value]) => `${name}: ${String(value)}`).join(" · ")}
    </span>
  );
}
