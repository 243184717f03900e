// One person: how to reach them, what they signed, what they were asked, their links.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";

import { api, ask, type Schema } from "../../lib/api";
import { useFormat } from "../../lib/format";
import { useTold, useWords } from "../../lib/words";
import { Button, LinkButton } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { Form, TextField } from "../../parts/Fields";
import { Facts, Page, Section } from "../../parts/Page";
import { Loading, Notice, Shown } from "../../parts/States";
import { toast } from "../../parts/Toasts";
import { Agreed, Documents } from "./Agreed";
import { Asks } from "./Asks";
import { choose } from "./chosen";
import { useDeed } from "./data";
import { Enrolment } from "./Enrolment";
import { Links } from "./Links";
import css from "./people.module.css";
import { words } from "./words";

type View = Schema["PersonView"];

export function Person({ personId }: { personId: string }) {
  const say = useWords(words);
  const asked = useQuery({
    queryKey: ["people", personId],
    queryFn: () =>
      ask(
        api.GET("/v1/people/{person_id}", { params: { path: { person_id: personId } } }),
      ),
  });
  const person = asked.data;
  if (!person) {
    return (
      <Page title={say("people")}>
        <Shown of={asked} rows={6}>
          {() => <Loading />}
        </Shown>
      </Page>
    );
  }
  return <Whole person={person} />;
}

function Whole({ person }: { person: View }) {
  const say = useWords(words);
  const [, go] = useLocation();
  const may = (operation: Schema["Operation"]) => person.affordances.includes(operation);
  const consents = useQuery({
    queryKey: ["people", person.person_id, "consents"],
    queryFn: () =>
      ask(
        api.GET("/v1/people/{person_id}/consents", {
          params: { path: { person_id: person.person_id } },
        }),
      ),
    enabled: may("consent:read"),
  });
  const askThem = () => {
    choose([person.person_id]);
    go("/people/ask");
  };
  return (
    <Page
      title={person.name ?? say("erased")}
      actions={
        <>
          <LinkButton href="/people" kind="quiet" icon="back">
            {say("back")}
          </LinkButton>
          {may("consent:enter") && (
            <LinkButton href={`/people/${person.person_id}/paper`} icon="upload">
              {say("paper")}
            </LinkButton>
          )}
          {may("consent_request:create") && (
            <Button kind="main" icon="mail" onPress={askThem}>
              {say("ask")}
            </Button>
          )}
        </>
      }
    >
      {person.frozen && <Notice kind="no">{say("frozen")}</Notice>}
      <Agreed
        grants={person.grants}
        personId={person.person_id}
        withdraws={may("consent:withdraw")}
        consents={consents.data}
      />
      <div className={css.two}>
        <Contact person={person} changes={may("contact:change")} />
        {may("consent:read") && (
          <Shown of={consents}>
            {(data) => <Documents personId={person.person_id} consents={data} />}
          </Shown>
        )}
      </div>
      {consents.data && <Asks personId={person.person_id} consents={consents.data} />}
      {may("link:create") && <Links person={person} />}
      {(may("person:enrol") || person.enrolment_hindrance) && (
        <Enrolment person={person} />
      )}
    </Page>
  );
}

function Contact({ person, changes }: { person: View; changes: boolean }) {
  const say = useWords(words);
  const told = useTold();
  const format = useFormat();
  const [editing, setEditing] = useState(false);
  const { contact } = person;
  const facts: (readonly [string, React.ReactNode])[] = [
    [
      say("pictures"),
      <span key="pictures" title={say("pictures_hint")}>
        {say("pictures_count", { count: person.pictures })}
      </span>,
    ],
  ];
  if (contact) {
    facts.push(
      [say("email"), contact.email ?? say("unknown")],
      [say("address_state"), told(contact.address.id)],
      [say("language"), languageName(contact.language)],
      [say("country"), contact.country],
      [say("birth_date"), contact.birth_date ? format.day(contact.birth_date) : say("unknown")],
    );
    if (contact.guardian_name) facts.push([say("guardian_name"), contact.guardian_name]);
  }
  return (
    <Section
      title={say("contact")}
      actions={
        changes && (
          <Button icon="edit" onPress={() => setEditing(true)}>
            {say("edit")}
          </Button>
        )
      }
    >
      <Facts facts={facts} />
      {!contact && <p className={css.soft}>{say("no_contact")}</p>}
      {editing && <EditContact person={person} close={() => setEditing(false)} />}
    </Section>
  );
}

function languageName(code: string): string {
  const shown = document.documentElement.lang || "nl";
  return new Intl.DisplayNames([shown], { type: "language" }).of(code) ?? code;
}

function EditContact({ person, close }: { person: View; close: () => void }) {
  const say = useWords(words);
  const { contact } = person;
  const [email, setEmail] = useState(contact?.email ?? "");
  const [language, setLanguage] = useState(contact?.language ?? "nl");
  const [country, setCountry] = useState(contact?.country ?? "NL");
  const [born, setBorn] = useState(contact?.birth_date ?? "");
  const [guardian, setGuardian] = useState(contact?.guardian_name ?? "");
  const put = useDeed(
    (body: Schema["ContactOrder"]) =>
      ask(
        api.PUT("/v1/people/{person_id}/contact", {
          params: { path: { person_id: person.person_id } },
          body,
        }),
      ),
    [["people", person.person_id]],
    () => {
      toast(say("saved"));
      close();
    },
  );
  const send = () =>
    put.mutate({
      email: email.trim() || null,
      language: language.trim().toLowerCase(),
      country: country.trim().toUpperCase(),
      birth_date: born || null,
      guardian_name: guardian.trim() || null,
    });
  return (
    <Dialog
      title={say("edit_contact")}
      open
      close={close}
      actions={
        <>
          <Button onPress={close}>{say("cancel")}</Button>
          <Button kind="main" onPress={send} isDisabled={put.isPending}>
            {say("save")}
          </Button>
        </>
      }
    >
      <p className={css.soft}>{say("contact_hint")}</p>
      <Form send={send}>
        <TextField label={say("email")} type="email" value={email} change={setEmail} />
        <div className={css.fields}>
          <TextField
            label={say("language")}
            value={language}
            change={setLanguage}
            maxLength={2}
          />
          <TextField
            label={say("country")}
            value={country}
            change={setCountry}
            maxLength={2}
          />
        </div>
        <TextField label={say("birth_date")} type="date" value={born} change={setBorn} />
        <TextField label={say("guardian_name")} value={guardian} change={setGuardian} />
      </Form>
    </Dialog>
  );
}
