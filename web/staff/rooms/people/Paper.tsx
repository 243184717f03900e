// Entering a form that was signed on paper: its scan, and what is ticked on it.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";

import { api, ask, type Schema } from "../../lib/api";
import { useFormat } from "../../lib/format";
import { useWords } from "../../lib/words";
import { Button, LinkButton } from "../../parts/Button";
import { Checkbox, Form, Select, TextField } from "../../parts/Fields";
import { Page, Section } from "../../parts/Page";
import { Notice, Shown, useSentence } from "../../parts/States";
import { toast } from "../../parts/Toasts";
import { asking } from "./asking.words";
import { useDeed, useWordings } from "./data";
import css from "./people.module.css";
import { CHANNELS } from "./Terms";
import { words } from "./words";

class ScanLostError extends Error {}

/** Send the scan to where the API says, its fields first and the file last. */
async function sendScan(personId: string, file: File): Promise<string> {
  const form = await ask(
    api.POST("/v1/people/{person_id}/scans", {
      params: { path: { person_id: personId } },
    }),
  );
  const body = new FormData();
  for (const [name, value] of Object.entries(form.fields)) body.append(name, value);
  body.append("file", file);
  const answer = await fetch(form.url, { method: "POST", body });
  if (!answer.ok) throw new ScanLostError();
  return form.scan_id;
}

export function Paper({ personId }: { personId: string }) {
  const say = useWords(asking);
  const person = useQuery({
    queryKey: ["people", personId],
    queryFn: () =>
      ask(
        api.GET("/v1/people/{person_id}", { params: { path: { person_id: personId } } }),
      ),
  });
  return (
    <Page
      title={say("paper")}
      lead={say("paper_lead")}
      actions={
        <LinkButton href={`/people/${personId}`} kind="quiet" icon="back">
          {person.data?.name ?? say("back")}
        </LinkButton>
      }
    >
      <Shown of={person}>{(found) => <Entering person={found} />}</Shown>
    </Page>
  );
}

function Entering({ person }: { person: Schema["PersonView"] }) {
  const say = useWords(asking);
  const name = useWords(words);
  const format = useFormat();
  const sentence = useSentence();
  const [, go] = useLocation();
  const wordings = useWordings();
  const [file, setFile] = useState<File | null>(null);
  const [wording, setWording] = useState("");
  const [language, setLanguage] = useState(person.contact?.language ?? "nl");
  const [day, setDay] = useState("");
  const [channels, setChannels] = useState<ReadonlySet<Schema["Channel"]>>(new Set());
  const [portrait, setPortrait] = useState(false);
  const [biometric, setBiometric] = useState(false);
  const [signer, setSigner] = useState(person.name ?? "");
  const [email, setEmail] = useState(person.contact?.email ?? "");
  const [born, setBorn] = useState(person.contact?.birth_date ?? "");
  const [guarded, setGuarded] = useState(false);
  const [guardian, setGuardian] = useState(person.contact?.guardian_name ?? "");
  const [relation, setRelation] = useState<Schema["Relation"]>("parent");
  const [request, setRequest] = useState("");
  const [error, setError] = useState("");

  const items = wordings.data?.items ?? [];
  const taken = items.find((each) => each.wording === wording) ?? items[0];
  const version = useQuery({
    queryKey: ["wordings", taken?.wording_id, taken?.version],
    queryFn: () =>
      ask(
        api.GET("/v1/wordings/{wording_id}", {
          params: { path: { wording_id: taken?.wording_id ?? "" } },
        }),
      ),
    enabled: taken !== undefined,
  });
  const consents = useQuery({
    queryKey: ["people", person.person_id, "consents"],
    queryFn: () =>
      ask(
        api.GET("/v1/people/{person_id}/consents", {
          params: { path: { person_id: person.person_id } },
        }),
      ),
  });
  const open = consents.data?.requests.filter((each) => each.state === "asked") ?? [];
  const enter = useDeed(
    async (scan: File) => {
      const scan_id = await sendScan(person.person_id, scan);
      return ask(
        api.POST("/v1/people/{person_id}/quitclaims", {
          params: { path: { person_id: person.person_id } },
          body: {
            scan_id,
            wording: taken?.wording ?? "",
            language,
            signed_day: day,
            choices: { channels: [...channels], portrait, biometric },
            signer: {
              name: signer.trim(),
              country: person.contact?.country ?? "NL",
              ...(email.trim() ? { email: email.trim() } : {}),
              ...(born ? { birth_date: born } : {}),
            },
            ...(guarded ? { guardian: { name: guardian.trim(), relation } } : {}),
            ...(request ? { request_id: request } : {}),
          },
        }),
      );
    },
    [["people"], ["consent-requests"]],
    (entered) => {
      toast(say(entered.granted.length ? "entered" : "entered_none"));
      go(`/people/${person.person_id}`);
    },
  );
  const ready = file && day && signer.trim() && taken && (!guarded || guardian.trim());
  const send = () => {
    if (!ready || enter.isPending) return;
    setError("");
    enter.mutate(file, {
      onError: (why) =>
        setError(why instanceof ScanLostError ? say("scan_failed") : sentence(why)),
    });
  };
  const tick = (channel: Schema["Channel"]) => {
    const now = new Set(channels);
    if (!now.delete(channel)) now.add(channel);
    setChannels(now);
  };
  const offered = version.data;
  return (
    <Section title={say("ticked")}>
      <Form send={send}>
        <label className={css.file}>
          <span>{say("scan")}</span>
          <input
            type="file"
            accept="application/pdf,image/jpeg,image/png"
            onChange={(event) => setFile(event.target.files?.[0] ?? null)}
          />
        </label>
        <div className={css.fields}>
          <Select
            label={say("wording")}
            value={taken?.wording ?? ""}
            change={setWording}
            options={items.map((each) => ({
              value: each.wording,
              words: say("wording_option", { title: each.title, version: each.version }),
            }))}
          />
          <Select
            label={say("language")}
            value={language}
            change={setLanguage}
            options={(taken?.languages ?? [language]).map((each) => ({
              value: each,
              words: each.toUpperCase(),
            }))}
          />
          <TextField
            label={say("signed_day")}
            type="date"
            value={day}
            change={setDay}
            required
          />
          <Select
            label={say("answers_ask")}
            value={request}
            change={setRequest}
            options={[
              { value: "", words: say("answers_none") },
              ...open.map((each) => ({
                value: each.request_id,
                words: say("asked_on", { day: format.day(each.asked_at) }),
              })),
            ]}
          />
        </div>
        <fieldset className={css.checks}>
          <legend>{say("ticked")}</legend>
          <p className={css.soft}>{say("ticked_hint")}</p>
          {CHANNELS.filter((channel) => offered?.channels[channel]).map((channel) => (
            <Checkbox
              key={channel}
              checked={channels.has(channel)}
              change={() => tick(channel)}
            >
              {say("image", { channel: name(`channel_${channel}`) })}
            </Checkbox>
          ))}
          {offered?.portrait_months && (
            <Checkbox checked={portrait} change={setPortrait}>
              {say("portrait")}
            </Checkbox>
          )}
          {offered?.biometric_months && (
            <Checkbox checked={biometric} change={setBiometric}>
              {say("biometric")}
            </Checkbox>
          )}
        </fieldset>
        <div className={css.fields}>
          <TextField label={say("name")} value={signer} change={setSigner} required />
          <TextField label={say("email")} type="email" value={email} change={setEmail} />
          <TextField label={say("birth_date")} type="date" value={born} change={setBorn} />
        </div>
        <Checkbox checked={guarded} change={setGuarded}>
          {say("guardian_signed")}
        </Checkbox>
        {guarded && (
          <div className={css.fields}>
            <TextField
              label={say("guardian_name")}
              value={guardian}
              change={setGuardian}
              required
            />
            <Select
              label={say("relation")}
              value={relation}
              change={(value) => setRelation(value === "guardian" ? "guardian" : "parent")}
              options={[
                { value: "parent", words: say("parent") },
                { value: "guardian", words: say("guardian") },
              ]}
            />
          </div>
        )}
        {error && <Notice kind="no">{error}</Notice>}
        <div>
          <Button
            kind="main"
            type="submit"
            icon="upload"
            isDisabled={!ready || enter.isPending}
          >
            {say(enter.isPending ? "entering" : "enter")}
          </Button>
        </div>
      </Form>
    </Section>
  );
}
