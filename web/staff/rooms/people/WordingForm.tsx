// Writing a wording, or a new version of one: in each of its languages, and its terms.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";

import { api, ask, type Schema } from "../../lib/api";
import { newKey } from "../../lib/keys";
import { useWords } from "../../lib/words";
import { Button, LinkButton } from "../../parts/Button";
import { Checkbox, Form, NumberField, TextField } from "../../parts/Fields";
import { Page, Section } from "../../parts/Page";
import { Notice, Shown } from "../../parts/States";
import { toast } from "../../parts/Toasts";
import { asking } from "./asking.words";
import { useDeed } from "./data";
import css from "./people.module.css";
import { CHANNELS } from "./Terms";
import { words } from "./words";

type Order = Schema["WordingOrder"];

interface Text {
  readonly title: string;
  readonly purpose: string;
  readonly notice: string;
  readonly image: string;
  readonly guardian: string;
  readonly portrait: string;
  readonly biometric: string;
  readonly controller: string;
}
type Texts = Readonly<Record<string, Text>>;

const NOTHING: Text = {
  title: "",
  purpose: "",
  notice: "",
  image: "",
  guardian: "",
  portrait: "",
  biometric: "",
  controller: "",
};
const PLACES: readonly Schema["Place"][] = ["netherlands", "european_union", "world"];
const LONGEST = 120;

/** `wordingId` is that of the wording to write a version of; without it, a new one. */
export function WordingForm({ wordingId }: { wordingId?: string }) {
  const say = useWords(asking);
  // A new one begins as the standard wording says it: nobody starts from nothing.
  const from = useQuery({
    queryKey: ["wordings", "from", wordingId ?? ""],
    queryFn: async () => {
      const list = wordingId
        ? null
        : await ask(api.GET("/v1/wordings", { params: { query: { limit: 1 } } }));
      const wording_id = wordingId ?? list?.items[0]?.wording_id ?? "";
      return ask(
        api.GET("/v1/wordings/{wording_id}", { params: { path: { wording_id } } }),
      );
    },
    staleTime: Infinity,
  });
  return (
    <Page
      title={say(wordingId ? "new_version" : "new_wording")}
      lead={say("wordings_lead")}
      actions={
        <LinkButton href="/people/wordings" kind="quiet" icon="back">
          {say("wordings")}
        </LinkButton>
      }
    >
      <Shown of={from}>
        {(before) => <Writing before={before} {...(wordingId ? { wordingId } : {})} />}
      </Shown>
    </Page>
  );
}

interface WritingProps {
  readonly before: Schema["WordingView"];
  readonly wordingId?: string;
}

function Writing({ before, wordingId }: WritingProps) {
  const say = useWords(asking);
  const name = useWords(words);
  const [, go] = useLocation();
  const [key] = useState(newKey);
  const [texts, setTexts] = useState(() => textsOf(before));
  const [language, setLanguage] = useState(Object.keys(texts).sort()[0] ?? "nl");
  const [wanted, setWanted] = useState("");
  const [months, setMonths] = useState<Readonly<Record<string, number>>>(before.channels);
  const [portrait, setPortrait] = useState(before.portrait_months ?? 0);
  const [biometric, setBiometric] = useState(before.biometric_months ?? 0);
  const [places, setPlaces] = useState<readonly Schema["Place"][]>(before.places);
  const [compensation, setCompensation] = useState(before.compensation ?? "");
  const text = texts[language] ?? NOTHING;
  const change = (part: Partial<Text>) =>
    setTexts({ ...texts, [language]: { ...text, ...part } });

  const body = orderOf({ texts, months, portrait, biometric, places, compensation });
  const keep = useDeed(
    (order: Order) =>
      wordingId
        ? ask(
            api.POST("/v1/wordings/{wording_id}/versions", {
              params: {
                path: { wording_id: wordingId },
                header: { "If-Match": `"${before.version}"` },
              },
              body: order,
            }),
          )
        : ask(
            api.POST("/v1/wordings", {
              params: { header: { "Idempotency-Key": key } },
              body: order,
            }),
          ),
    [["wordings"]],
    (made) => {
      toast(say("saved", { version: made.version }));
      go(`/people/wordings/${made.wording_id}`);
    },
  );
  const send = () => {
    if (body) keep.mutate(body);
  };
  return (
    <Form send={send}>
      <Section title={say("languages")}>
        <div className={css.row}>
          <div className={css.tabs} role="group" aria-label={say("languages")}>
            {Object.keys(texts)
              .sort()
              .map((each) => (
                <button
                  key={each}
                  type="button"
                  aria-pressed={each === language}
                  onClick={() => setLanguage(each)}
                >
                  {each.toUpperCase()}
                </button>
              ))}
          </div>
          <div className={css.find}>
            <TextField
              label={say("add_language")}
              value={wanted}
              change={setWanted}
              maxLength={2}
            />
            <Button
              isDisabled={!/^[a-z]{2}$/.test(wanted) || wanted in texts}
              onPress={() => {
                setTexts({ ...texts, [wanted]: NOTHING });
                setLanguage(wanted);
                setWanted("");
              }}
            >
              {say("add")}
            </Button>
          </div>
        </div>
        <div className={css.form} lang={language}>
          <TextField
            label={say("title")}
            value={text.title}
            change={(title) => change({ title })}
            maxLength={120}
            required
          />
          <TextField
            label={say("purpose")}
            value={text.purpose}
            change={(purpose) => change({ purpose })}
            lines={3}
            required
          />
          <TextField
            label={say("notice")}
            value={text.notice}
            change={(notice) => change({ notice })}
            lines={9}
            required
          />
          <TextField
            label={say("image_text")}
            value={text.image}
            change={(image) => change({ image })}
            lines={2}
            required
          />
          <TextField
            label={say("guardian_text")}
            value={text.guardian}
            change={(guardian) => change({ guardian })}
            lines={2}
            required
          />
          {portrait > 0 && (
            <TextField
              label={say("portrait_text")}
              value={text.portrait}
              change={(value) => change({ portrait: value })}
              lines={2}
              required
            />
          )}
          {biometric > 0 && (
            <TextField
              label={say("biometric_text")}
              value={text.biometric}
              change={(value) => change({ biometric: value })}
              lines={2}
              required
            />
          )}
          <TextField
            label={say("controller")}
            value={text.controller}
            change={(controller) => change({ controller })}
            hint={say("controller_hint")}
          />
        </div>
      </Section>
      <Section title={say("terms")}>
        <div className={css.fields}>
          {CHANNELS.map((channel) => (
            <NumberField
              key={channel}
              label={say("channel_months", { channel: name(`channel_${channel}`) })}
              value={months[channel] ?? 0}
              change={(value) => setMonths({ ...months, [channel]: value || 0 })}
              min={0}
              max={LONGEST}
            />
          ))}
          <NumberField
            label={say("portrait_months")}
            value={portrait}
            change={(value) => setPortrait(value || 0)}
            min={0}
            max={LONGEST}
          />
          <NumberField
            label={say("biometric_months")}
            value={biometric}
            change={(value) => setBiometric(value || 0)}
            min={0}
            max={LONGEST}
          />
          <TextField
            label={say("compensation")}
            value={compensation}
            change={setCompensation}
            maxLength={120}
          />
        </div>
        <fieldset className={css.checks}>
          <legend>{say("places")}</legend>
          {PLACES.map((place) => (
            <Checkbox
              key={place}
              checked={places.includes(place)}
              change={(yes) =>
                setPlaces(
                  PLACES.filter((each) => (each === place ? yes : places.includes(each))),
                )
              }
            >
              {name(`place_${place}`)}
            </Checkbox>
          ))}
        </fieldset>
      </Section>
      {!body && <Notice kind="wait">{say("incomplete")}</Notice>}
      <div>
        <Button kind="main" type="submit" isDisabled={!body || keep.isPending}>
          {say("save")}
        </Button>
      </div>
    </Form>
  );
}

function textsOf(wording: Schema["WordingView"]): Texts {
  return Object.fromEntries(
    Object.entries(wording.texts).map(([language, text]) => [
      language,
      {
        title: text.title,
        purpose: text.purpose,
        notice: text.notice.join("\n\n"),
        image: text.image,
        guardian: text.guardian,
        portrait: text.portrait ?? "",
        biometric: text.biometric ?? "",
        controller: text.controller,
      },
    ]),
  );
}

interface Written {
  readonly texts: Texts;
  readonly months: Readonly<Record<string, number>>;
  readonly portrait: number;
  readonly biometric: number;
  readonly places: readonly Schema["Place"][];
  readonly compensation: string;
}

/** The version as the API takes it; null while something that it needs is empty. */
export function orderOf(written: Written): Order | null {
  const channels = Object.fromEntries(
    Object.entries(written.months).filter(([, months]) => months > 0),
  );
  const texts: Order["texts"] = {};
  for (const [language, text] of Object.entries(written.texts)) {
    const notice = text.notice
      .split(/\n\s*\n/)
      .map((each) => each.trim())
      .filter(Boolean);
    const needed = [text.title, text.purpose, text.image, text.guardian];
    if (written.portrait) needed.push(text.portrait);
    if (written.biometric) needed.push(text.biometric);
    if (!notice.length || needed.some((each) => !each.trim())) return null;
    texts[language] = {
      title: text.title.trim(),
      purpose: text.purpose.trim(),
      notice,
      image: text.image.trim(),
      guardian: text.guardian.trim(),
      ...(text.controller.trim() ? { controller: text.controller.trim() } : {}),
      ...(written.portrait ? { portrait: text.portrait.trim() } : {}),
      ...(written.biometric ? { biometric: text.biometric.trim() } : {}),
    };
  }
  if (!Object.keys(channels).length || !written.places.length) return null;
  return {
    texts,
    channels,
    places: [...written.places],
    ...(written.portrait ? { portrait_months: written.portrait } : {}),
    ...(written.biometric ? { biometric_months: written.biometric } : {}),
    ...(written.compensation.trim() ? { compensation: written.compensation.trim() } : {}),
  };
}
