// One session: how many signed, who they are, and the code with which others do.

import { useMutation, useQueries, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";

import { roomOf } from "../../app/rooms";
import { api, ask, type Schema } from "../../lib/api";
import { useFormat } from "../../lib/format";
import { useMay } from "../../lib/me";
import { signOut } from "../../lib/session";
import { bare, useTold, useWords } from "../../lib/words";
import { Badge } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { useConfirm } from "../../parts/Confirm";
import { Dialog } from "../../parts/Dialog";
import { Facts, Page, Section } from "../../parts/Page";
import { Qr } from "../../parts/Qr";
import { Shown, useSentence } from "../../parts/States";
import { Table } from "../../parts/Table";
import { toast } from "../../parts/Toasts";
import css from "./Session.module.css";
import { useSession } from "./session";
import { words } from "./words";
import { Written } from "./Written";

type View = Schema["SessionView"];

export function Session({ id }: { id: string }) {
  const say = useWords(words);
  const [changing, setChanging] = useState(false);
  const known = useSession(id);
  const session = known.data?.session;
  const actions = session?.affordances.includes("session:change") && (
    <Button icon="edit" onPress={() => setChanging(true)}>
      {say("change")}
    </Button>
  );
  return (
    <Page title={session?.title ?? say("title")} actions={actions}>
      <p>
        <Link href="/sessions">{say("back")}</Link>
      </p>
      <Shown of={known}>
        {({ session: shown }) => (
          <>
            <About session={shown} />
            {shown.affordances.includes("session:link") && <Codes session={shown} />}
            <People session={shown} />
          </>
        )}
      </Shown>
      {changing && known.data && <Written of={known.data} close={() => setChanging(false)} />}
    </Page>
  );
}

function About({ session }: { session: View }) {
  const say = useWords(words);
  const format = useFormat();
  const { unsigned, head_count } = session;
  return (
    <Section title={say("facts")}>
      <div className={css.badges}>
        {session.closed && <Badge tone="none">{say("closed")}</Badge>}
        {unsigned !== null &&
          (unsigned > 0 ? (
            <Badge tone="wait">{say("unsigned", { count: unsigned })}</Badge>
          ) : (
            <Badge tone="yes">{say("all_signed")}</Badge>
          ))}
      </div>
      <Facts
        facts={[
          [say("on"), format.day(session.on)],
          [say("place"), session.place || "–"],
          [say("photographer"), session.photographer ?? "–"],
          [say("signed"), format.number(session.people.length)],
          [say("head_count"), head_count === null ? "–" : format.number(head_count)],
        ]}
      />
    </Section>
  );
}

function People({ session }: { session: View }) {
  const say = useWords(words);
  const may = useMay();
  const people = useQueries({
    queries: session.people.map((person_id) => ({
      queryKey: ["people", person_id],
      queryFn: () =>
        ask(api.GET("/v1/people/{person_id}", { params: { path: { person_id } } })),
      enabled: may("person:read"),
    })),
  });
  return (
    <Section title={say("people")}>
      {session.people.length === 0 && <p>{say("nobody")}</p>}
      <ul className={css.people}>
        {session.people.map((person_id, at) => {
          const name = people[at]?.data?.name ?? say("somebody");
          return (
            <li key={person_id}>
              {roomOf(`/people/${person_id}`) ? (
                <Link href={`/people/${person_id}`}>{name}</Link>
              ) : (
                name
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

function Codes({ session }: { session: View }) {
  const say = useWords(words);
  const told = useTold();
  const format = useFormat();
  const sentence = useSentence();
  const confirm = useConfirm();
  const queries = useQueryClient();
  const { session_id, title, codes } = session;
  const refresh = () => queries.invalidateQueries({ queryKey: ["sessions", session_id] });
  const failed = (error: unknown) => toast(sentence(error), { kind: "no" });
  const make = useMutation({
    mutationFn: () =>
      ask(
        api.POST("/v1/sessions/{session_id}/links", {
          params: { path: { session_id } },
          body: {},
        }),
      ),
    onSuccess: refresh,
    onError: failed,
  });
  const { mutate } = useMutation({
    mutationFn: (link_id: string) =>
      ask(
        api.DELETE("/v1/sessions/{session_id}/links/{link_id}", {
          params: { path: { session_id, link_id } },
        }),
      ),
    onSuccess: async () => {
      toast(say("ended"));
      await refresh();
    },
    onError: failed,
  });
  const end = async (link_id: string) => {
    const question = { title: say("end_title"), text: say("end_text"), act: say("end") };
    if (await confirm({ ...question, danger: true })) mutate(link_id);
  };
  const hand = async (url: string) => {
    const question = {
      title: say("hand_over_title"),
      text: say("hand_over_text"),
      act: say("hand_over"),
    };
    if (!(await confirm(question))) return;
    // A tab of its own: the link lies in no storage while this one is signed out.
    const door = open(url, "_blank");
    if (!door) return void toast(say("hand_over_blocked"), { kind: "no" });
    door.opener = null;
    await signOut();
  };
  return (
    <Section
      title={say("codes")}
      actions={
        !session.closed && (
          <Button icon="qr" onPress={() => make.mutate()} isDisabled={make.isPending}>
            {say("make_code")}
          </Button>
        )
      }
    >
      <p>{say("codes_text")}</p>
      {codes.length === 0 ? (
        <p>{say("no_codes")}</p>
      ) : (
        <Table
          label={say("codes")}
          rows={codes}
          keyOf={({ link_id }) => link_id}
          columns={[
            {
              name: say("state"),
              show: ({ state }) => (
                <Badge tone={state === "live" ? "yes" : "none"}>{bare(told(state))}</Badge>
              ),
            },
            {
              name: say("on"),
              show: ({ expires_at }) => say("until", { moment: format.moment(expires_at) }),
            },
            {
              name: say("deed"),
              show: ({ link_id, state }) =>
                state === "live" && (
                  <Button kind="danger" onPress={() => void end(link_id)}>
                    {say("end")}
                  </Button>
                ),
            },
          ]}
        />
      )}
      {make.data && (
        <Dialog title={say("code_for", { title })} open close={() => make.reset()}>
          <p>{say("code_once")}</p>
          <div className={css.code}>
            <Qr text={make.data.url} label={say("code_for", { title })} />
          </div>
          <p>{say("until", { moment: format.moment(make.data.expires_at) })}</p>
          <div className={css.badges}>
            <Button icon="print" onPress={() => print()}>
              {say("print")}
            </Button>
            <Button icon="session" onPress={() => void hand(make.data.url)}>
              {say("hand_over")}
            </Button>
            <Button kind="main" onPress={() => make.reset()}>
              {say("done")}
            </Button>
          </div>
        </Dialog>
      )}
    </Section>
  );
}
