// Something else said of many pictures: written, seen beforehand, done, taken back.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api, ask, type Schema } from "../../lib/api";
import { newKey } from "../../lib/keys";
import { useWords } from "../../lib/words";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { Form, TextField } from "../../parts/Fields";
import { Notice, useSentence } from "../../parts/States";
import { toast } from "../../parts/Toasts";
import type { DeedProps } from "./Deeds";
import css from "./Library.module.css";
import { words } from "./words";

const FIELDS = ["title", "caption", "creator", "credit", "location", "city"] as const;
type Field = (typeof FIELDS)[number];
type Told = Schema["DescriptionView"];

const split = (written: string): string[] =>
  written
    .split(",")
    .map((each) => each.trim())
    .filter(Boolean);

export function Describe({ chosen, close }: DeedProps) {
  const say = useWords(words);
  const sentence = useSentence();
  const queries = useQueryClient();
  const [values, setValues] = useState<Partial<Record<Field, string>>>({});
  const [added, setAdded] = useState("");
  const [removed, setRemoved] = useState("");
  const order: Schema["EditOrder"] = {
    asset_ids: chosen.map(({ asset_id }) => asset_id),
    // What was left empty is not said at all: it stays as it is.
    values: Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim())),
    add: { keywords: split(added) },
    remove: { keywords: split(removed) },
  };
  const send = (preview: boolean) =>
    ask(
      api.POST("/v1/metadata/edits", {
        params: { query: { preview }, header: { "Idempotency-Key": newKey() } },
        body: order,
      }),
    );
  const refresh = () => queries.invalidateQueries({ queryKey: ["search"] });
  const failed = (error: unknown) => toast(sentence(error), { kind: "no" });
  const look = useMutation({ mutationFn: () => send(true) });
  const undo = useMutation({
    mutationFn: (edit_id: string) =>
      ask(api.DELETE("/v1/metadata/edits/{edit_id}", { params: { path: { edit_id } } })),
    onSuccess: async () => {
      toast(say("edit_undone"));
      await refresh();
    },
    onError: failed,
  });
  const apply = useMutation({
    mutationFn: () => send(false),
    onSuccess: async ({ edit_id, items }) => {
      const count = items.filter(({ changes }) => changes).length;
      const more = edit_id ? { undo: () => undo.mutate(edit_id) } : {};
      toast(say("edited", { count }), more);
      close();
      await refresh();
    },
    onError: failed,
  });
  const anything = Object.values(values).some((each) => each.trim()) || added || removed;
  const seen = look.data;
  return (
    <Dialog title={say("edit_title")} open close={close} wide>
      {look.error && <Notice kind="no">{sentence(look.error)}</Notice>}
      {!seen ? (
        <Form send={() => look.mutate()}>
          <p className={css.soft}>{say("edit_hint")}</p>
          <div className={css.pair}>
            {FIELDS.map((field) => (
              <TextField
                key={field}
                label={say(`field_${field}`)}
                value={values[field] ?? ""}
                change={(value) => setValues({ ...values, [field]: value })}
              />
            ))}
            <TextField
              label={say("add_keywords")}
              hint={say("keywords_hint")}
              value={added}
              change={setAdded}
            />
            <TextField
              label={say("remove_keywords")}
              hint={say("keywords_hint")}
              value={removed}
              change={setRemoved}
            />
          </div>
          <div className={css.end}>
            <Button kind="main" type="submit" isDisabled={!anything || look.isPending}>
              {say("preview")}
            </Button>
          </div>
        </Form>
      ) : (
        <Preview items={seen.items} name={(id) => chosen.find((e) => e.asset_id === id)?.file_name}>
          <Button onPress={() => look.reset()}>{say("back")}</Button>
          <Button
            kind="main"
            onPress={() => apply.mutate()}
            isDisabled={apply.isPending || !seen.items.some(({ changes }) => changes)}
          >
            {say("apply")}
          </Button>
        </Preview>
      )}
    </Dialog>
  );
}

interface PreviewProps {
  readonly items: readonly Schema["EditedView"][];
  readonly name: (id: string) => string | undefined;
  readonly children: React.ReactNode;
}

function Preview({ items, name, children }: PreviewProps) {
  const say = useWords(words);
  const changing = items.filter(({ changes }) => changes);
  return (
    <>
      <p>{changing.length ? say("changes", { count: changing.length }) : say("unchanged")}</p>
      <ul className={css.diff}>
        {changing.map(({ asset_id, before, after }) => (
          <li key={asset_id}>
            <strong>{name(asset_id)}</strong>
            {differences(before, after).map(([field, was, is]) => (
              <p key={field}>
                {was && <del>{was}</del>} {is && <ins>{is}</ins>}
              </p>
            ))}
          </li>
        ))}
      </ul>
      <div className={css.end}>{children}</div>
    </>
  );
}

/** What is said otherwise, field by field, as text. */
export function differences(before: Told, after: Told): [string, string, string][] {
  const fields = Object.keys(after) as (keyof Told)[];
  const text = (value: Told[keyof Told]) =>
    Array.isArray(value) ? value.join(", ") : (value ?? "");
  return fields
    .map((field): [string, string, string] => [field, text(before[field]), text(after[field])])
    .filter(([, was, is]) => was !== is);
}
