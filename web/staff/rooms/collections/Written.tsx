// A collection that is made, or called and opened otherwise.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";

import { api, ask, type Schema } from "../../lib/api";
import { newKey } from "../../lib/keys";
import { useWords } from "../../lib/words";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { Checkbox, Form, TextField } from "../../parts/Fields";
import { Notice, useSentence } from "../../parts/States";
import { toast } from "../../parts/Toasts";
import { words } from "./words";

interface Props {
  /** The one that is changed; a new one where there is none. */
  readonly of?: Schema["CollectionView"];
  readonly close: () => void;
}

export function Written({ of, close }: Props) {
  const say = useWords(words);
  const sentence = useSentence();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const [title, setTitle] = useState(of?.title ?? "");
  const [restricted, setRestricted] = useState(of?.restricted ?? false);
  const body = { title: title.trim(), restricted };
  const save = useMutation({
    mutationFn: () =>
      of
        ? ask(
            api.PUT("/v1/collections/{collection_id}", {
              params: {
                path: { collection_id: of.collection_id },
                header: { "If-Match": `"${of.revision}"` },
              },
              body,
            }),
          )
        : ask(
            api.POST("/v1/collections", {
              params: { header: { "Idempotency-Key": newKey() } },
              body,
            }),
          ),
    onSuccess: async ({ collection_id }) => {
      toast(say(of ? "changed" : "made"));
      close();
      if (!of) go(`/collections/${collection_id}`);
      await queries.invalidateQueries({ queryKey: ["collections"] });
    },
  });
  return (
    <Dialog title={say(of ? "change" : "make")} open close={close}>
      {save.error && <Notice kind="no">{sentence(save.error)}</Notice>}
      <Form send={() => save.mutate()}>
        <TextField label={say("name")} value={title} change={setTitle} required />
        <Checkbox checked={restricted} change={setRestricted}>
          {say("restricted")}: {say("restricted_hint")}
        </Checkbox>
        <Button kind="main" type="submit" isDisabled={save.isPending || !title.trim()}>
          {say("save")}
        </Button>
      </Form>
    </Dialog>
  );
}
