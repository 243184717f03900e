// Everybody who is on record: find one, add one, choose many to ask.

import { useState } from "react";
import { Link, useLocation } from "wouter";

import { api, ask } from "../../lib/api";
import { useFormat } from "../../lib/format";
import { newKey } from "../../lib/keys";
import { useMay } from "../../lib/me";
import { useWords } from "../../lib/words";
import { Button, LinkButton } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { Checkbox, Form, TextField } from "../../parts/Fields";
import { Page } from "../../parts/Page";
import { Empty, Failed, Loading, Notice } from "../../parts/States";
import { toast } from "../../parts/Toasts";
import { choose, toggle, useChosen } from "./chosen";
import { found, PEOPLE, useDeed, usePeople, type Person } from "./data";
import css from "./people.module.css";
import { words } from "./words";

const SHOWN = 100;

export function List() {
  const say = useWords(words);
  const may = useMay();
  const [text, setText] = useState("");
  const [most, setMost] = useState(SHOWN);
  const [adding, setAdding] = useState(false);
  const [, go] = useLocation();
  const chosen = useChosen();
  // The API gives people by the page; who looks for a name looks through all of them.
  const asked = usePeople(text !== "");
  const { people } = asked;
  const all = people && found(people, text);
  const rows = all?.slice(0, most);
  const add = may("person:create") && (
    <Button kind="main" icon="plus" onPress={() => setAdding(true)}>
      {say("add_person")}
    </Button>
  );
  const more = () => {
    setMost(most + SHOWN);
    if (asked.hasNextPage && !asked.isFetching) void asked.fetchNextPage();
  };
  return (
    <Page
      title={say("people")}
      lead={say("people_lead")}
      actions={
        <>
          {may("wording:list") && (
            <LinkButton href="/people/wordings">{say("wordings")}</LinkButton>
          )}
          {may("consent_request:create") && (
            <LinkButton href="/people/ask" icon="mail">
              {say("ask")}
            </LinkButton>
          )}
          {add}
        </>
      }
    >
      <div className={css.find}>
        <TextField label={say("find")} type="search" value={text} change={setText} />
      </div>
      {asked.isError && !people && (
        <Failed error={asked.error} again={() => void asked.refetch()} />
      )}
      {!people && !asked.isError && <Loading rows={6} />}
      {people?.length === 0 && (
        <Empty
          icon="people"
          title={say("no_people")}
          text={say("no_people_text")}
          action={add}
        />
      )}
      {text && asked.hasNextPage && <Notice kind="none">{say("finding")}</Notice>}
      {people?.length !== 0 && rows?.length === 0 && !asked.hasNextPage && (
        <Empty icon="search" title={say("no_match")} text={say("no_match_text")} />
      )}
      {rows && rows.length > 0 && (
        <Rows rows={rows} choosing={may("consent_request:create")} chosen={chosen} />
      )}
      {all && (all.length > most || (!text && asked.hasNextPage)) && (
        <div className={css.centre}>
          <Button onPress={more} isDisabled={asked.isFetching}>
            {say("more")}
          </Button>
        </div>
      )}
      {chosen.size > 0 && (
        <div className={css.bar}>
          <p role="status">{say("chosen", { count: chosen.size })}</p>
          <Button kind="quiet" onPress={() => choose([])}>
            {say("choose_none")}
          </Button>
          <Button kind="main" icon="mail" onPress={() => go("/people/ask")}>
            {say("ask_many", { count: chosen.size })}
          </Button>
        </div>
      )}
      {adding && (
        <Add
          close={() => setAdding(false)}
          made={(personId) => {
            setAdding(false);
            go(`/people/${personId}`);
          }}
        />
      )}
    </Page>
  );
}

interface RowsProps {
  readonly rows: readonly Person[];
  readonly choosing: boolean;
  readonly chosen: ReadonlySet<string>;
}

function Rows({ rows, choosing, chosen }: RowsProps) {
  const say = useWords(words);
  const format = useFormat();
  const here = rows.filter((row) => row.name);
  const taken = here.filter((row) => chosen.has(row.person_id));
  const all = taken.length > 0 && taken.length === here.length;
  const chooseHere = (yes: boolean) => {
    const others = [...chosen].filter((id) => !here.some((row) => row.person_id === id));
    choose(yes ? [...others, ...here.map((row) => row.person_id)] : others);
  };
  return (
    <ul className={css.list} aria-label={say("people")}>
      {choosing && (
        <li className={css.head}>
          <Checkbox
            checked={all}
            indeterminate={taken.length > 0 && !all}
            change={chooseHere}
          >
            {say("choose_all")}
          </Checkbox>
        </li>
      )}
      {rows.map((row) => (
        <li key={row.person_id}>
          {choosing && row.name && (
            <Checkbox
              checked={chosen.has(row.person_id)}
              change={() => toggle(row.person_id)}
              label={say("choose", { name: row.name })}
            />
          )}
          <Link href={`/people/${row.person_id}`}>{row.name ?? say("erased")}</Link>
          <time dateTime={row.added_at}>{format.day(row.added_at)}</time>
        </li>
      ))}
    </ul>
  );
}

function Add({ close, made }: { close: () => void; made: (personId: string) => void }) {
  const say = useWords(words);
  const [name, setName] = useState("");
  const [key] = useState(newKey);
  const add = useDeed(
    (wanted: string) =>
      ask(
        api.POST("/v1/people", {
          params: { header: { "Idempotency-Key": key } },
          body: { name: wanted },
        }),
      ),
    [PEOPLE],
    ({ name: called, person_id }) => {
      toast(say("added_toast", { name: called }));
      made(person_id);
    },
  );
  const send = () => {
    if (name.trim() && !add.isPending) add.mutate(name.trim());
  };
  return (
    <Dialog
      title={say("add_person")}
      open
      close={close}
      actions={
        <>
          <Button onPress={close}>{say("cancel")}</Button>
          <Button kind="main" onPress={send} isDisabled={!name.trim() || add.isPending}>
            {say("add")}
          </Button>
        </>
      }
    >
      <Form send={send}>
        <TextField
          label={say("full_name")}
          value={name}
          change={setName}
          required
          maxLength={400}
        />
      </Form>
    </Dialog>
  );
}
