// The texts that people sign: which there are, each version as the signer sees it.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";

import { api, ask, type Schema } from "../../lib/api";
import { useFormat } from "../../lib/format";
import { useMay } from "../../lib/me";
import { useTold, useWords } from "../../lib/words";
import { Badge } from "../../parts/Badge";
import { LinkButton } from "../../parts/Button";
import { Select } from "../../parts/Fields";
import { Facts, Page, Section } from "../../parts/Page";
import { Shown } from "../../parts/States";
import { Table } from "../../parts/Table";
import { asking } from "./asking.words";
import { useWordings } from "./data";
import css from "./people.module.css";
import { CHANNELS } from "./Terms";
import { words } from "./words";

type View = Schema["WordingView"];

export function Wordings() {
  const say = useWords(asking);
  const format = useFormat();
  const may = useMay();
  const wordings = useWordings();
  return (
    <Page
      title={say("wordings")}
      lead={say("wordings_lead")}
      actions={
        <>
          <LinkButton href="/people" kind="quiet" icon="back">
            {say("back")}
          </LinkButton>
          {may("wording:create") && (
            <LinkButton href="/people/wordings/new" kind="main" icon="plus">
              {say("new_wording")}
            </LinkButton>
          )}
        </>
      }
    >
      <Shown of={wordings}>
        {({ items }) => (
          <Table
            label={say("wordings")}
            rows={items}
            keyOf={(each) => each.wording_id}
            columns={[
              {
                name: say("title"),
                show: (each) => (
                  <Link href={`/people/wordings/${each.wording_id}`}>{each.title}</Link>
                ),
              },
              {
                name: say("versions"),
                show: (each) => (
                  <span className={css.chips}>
                    {say("version", { version: each.version })}
                    {each.standard && <Badge tone="none">{say("standard")}</Badge>}
                  </span>
                ),
              },
              {
                name: say("languages"),
                show: (each) => each.languages.join(", ").toUpperCase(),
              },
              { name: say("made"), show: (each) => format.day(each.created_at) },
            ]}
          />
        )}
      </Shown>
    </Page>
  );
}

export function Wording({ wordingId }: { wordingId: string }) {
  const say = useWords(asking);
  const [number, setNumber] = useState<number | null>(null);
  const last = useQuery({
    queryKey: ["wordings", wordingId],
    queryFn: () =>
      ask(
        api.GET("/v1/wordings/{wording_id}", {
          params: { path: { wording_id: wordingId } },
        }),
      ),
  });
  const earlier = useQuery({
    queryKey: ["wordings", wordingId, number],
    queryFn: () =>
      ask(
        api.GET("/v1/wordings/{wording_id}/versions/{number}", {
          params: { path: { wording_id: wordingId, number: number ?? 1 } },
        }),
      ),
    enabled: number !== null,
  });
  const shown = number === null ? last : earlier;
  const newest = last.data;
  return (
    <Page
      title={newest ? titleOf(newest) : say("wordings")}
      actions={
        <>
          <LinkButton href="/people/wordings" kind="quiet" icon="back">
            {say("wordings")}
          </LinkButton>
          {newest?.affordances.includes("wording:change") && (
            <LinkButton href={`/people/wordings/${wordingId}/edit`} kind="main" icon="edit">
              {say("new_version")}
            </LinkButton>
          )}
        </>
      }
    >
      {newest && newest.version > 1 && (
        <div className={css.fields}>
          <Select
            label={say("versions")}
            value={String(number ?? newest.version)}
            change={(value) => setNumber(Number(value))}
            options={Array.from({ length: newest.version }, (_, at) => ({
              value: String(newest.version - at),
              words: say("version", { version: newest.version - at }),
            }))}
          />
        </div>
      )}
      <Shown of={shown} rows={6}>
        {(wording) => <Version wording={wording} />}
      </Shown>
    </Page>
  );
}

function titleOf(wording: View): string {
  const language = document.documentElement.lang;
  const text = wording.texts[language] ?? Object.values(wording.texts)[0];
  return text?.title ?? wording.wording;
}

function Version({ wording }: { wording: View }) {
  const say = useWords(asking);
  const name = useWords(words);
  const told = useTold();
  const format = useFormat();
  const languages = Object.keys(wording.texts).sort();
  const [language, setLanguage] = useState(
    languages.includes(document.documentElement.lang)
      ? document.documentElement.lang
      : (languages[0] ?? "nl"),
  );
  const text = wording.texts[language];
  const months = (count: number) => say("months", { count });
  return (
    <div className={css.two}>
      <Section title={say("as_signer")}>
        <div className={css.tabs} role="group" aria-label={say("languages")}>
          {languages.map((each) => (
            <button
              key={each}
              type="button"
              lang={each}
              aria-pressed={each === language}
              onClick={() => setLanguage(each)}
            >
              {each.toUpperCase()}
            </button>
          ))}
        </div>
        {text && (
          <div className={css.sheet} lang={language}>
            <h3>{text.title}</h3>
            <p>{text.purpose}</p>
            {text.notice.map((line) => (
              <p key={line} className={css.soft}>
                {line}
              </p>
            ))}
            <p className={css.soft}>{text.controller}</p>
            <p>{text.image}</p>
            <ul>
              {CHANNELS.filter((channel) => wording.channels[channel]).map((channel) => (
                <li key={channel}>
                  <span>{told(channel)}</span>
                  <span>{months(wording.channels[channel] ?? 0)}</span>
                </li>
              ))}
            </ul>
            {text.portrait && <p>{text.portrait}</p>}
            {text.biometric && <p>{text.biometric}</p>}
            <p className={css.soft}>{text.guardian}</p>
          </div>
        )}
      </Section>
      <Section title={say("terms")}>
        <Facts
          facts={[
            [say("versions"), say("version", { version: wording.version })],
            [
              say("made"),
              wording.created_by ? format.moment(wording.created_at) : say("by_system"),
            ],
            [
              say("places"),
              wording.places.map((place) => name(`place_${place}`)).join(", "),
            ],
            ...CHANNELS.filter((channel) => wording.channels[channel]).map(
              (channel) =>
                [name(`channel_${channel}`), months(wording.channels[channel] ?? 0)] as const,
            ),
            ...(wording.portrait_months
              ? [[name("kind_portrait_agreement"), months(wording.portrait_months)] as const]
              : []),
            ...(wording.biometric_months
              ? [[name("kind_biometric_consent"), months(wording.biometric_months)] as const]
              : []),
            ...(wording.compensation
              ? [[say("compensation"), wording.compensation] as const]
              : []),
          ]}
        />
      </Section>
    </div>
  );
}
