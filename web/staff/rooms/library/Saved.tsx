// The searches that somebody keeps; nobody else sees them.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { memo, useState } from "react";

import { api, ask, type Schema } from "../../lib/api";
import { newKey } from "../../lib/keys";
import { useWords } from "../../lib/words";
import { Button, IconButton } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { Form, TextField } from "../../parts/Fields";
import { useSentence } from "../../parts/States";
import { toast } from "../../parts/Toasts";
import css from "./Library.module.css";
import { SAVED, useSaved, type Asked } from "./search";
import { words } from "./words";

interface Props {
  readonly asked: Asked;
  readonly use: (asked: Asked) => void;
}

export const Saved = memo(function Saved({ asked, use }: Props) {
  const say = useWords(words);
  const sentence = useSentence();
  const queries = useQueryClient();
  const saved = useSaved();
  const [naming, setNaming] = useState<string | null>(null);
  const again = () => queries.invalidateQueries({ queryKey: SAVED });
  const save = useMutation({
    mutationFn: (order: Schema["SavedOrder"]) =>
      ask(
        api.POST("/v1/saved-searches", {
          params: { header: { "Idempotency-Key": newKey() } },
          body: order,
        }),
      ),
    onSuccess: async () => {
      setNaming(null);
      toast(say("saved_done"));
      await again();
    },
    onError: (error) => toast(sentence(error), { kind: "no" }),
  });
  const drop = useMutation({
    mutationFn: ({ search_id }: Schema["SavedView"]) =>
      ask(api.DELETE("/v1/saved-searches/{search_id}", { params: { path: { search_id } } })),
    onSuccess: async (_, { title, asked: kept }) => {
      toast(say("dropped"), { undo: () => save.mutate({ title, asked: kept }) });
      await again();
    },
    onError: (error) => toast(sentence(error), { kind: "no" }),
  });
  return (
    <section className={css.saved} aria-label={say("saved")}>
      <h2>{say("saved")}</h2>
      {saved.data?.items.length === 0 && <p className={css.soft}>{say("saved_none")}</p>}
      <ul>
        {saved.data?.items.map((each) => (
          <li key={each.search_id}>
            <Button kind="quiet" icon="star" onPress={() => use(each.asked)}>
              {each.title}
            </Button>
            <IconButton
              icon="close"
              label={say("drop", { title: each.title })}
              onPress={() => drop.mutate(each)}
            />
          </li>
        ))}
      </ul>
      <Button icon="plus" onPress={() => setNaming(asked.q ?? "")}>
        {say("save")}
      </Button>
      <Dialog title={say("save")} open={naming !== null} close={() => setNaming(null)}>
        <Form send={() => save.mutate({ title: naming ?? "", asked })}>
          <TextField
            label={say("save_name")}
            value={naming ?? ""}
            change={setNaming}
            maxLength={120}
            required
          />
          <Button kind="main" type="submit" isDisabled={save.isPending || !naming?.trim()}>
            {say("save")}
          </Button>
        </Form>
      </Dialog>
    </section>
  );
});
