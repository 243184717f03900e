// A session that is made, or of which something else is said.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";

import { api, ask, type Schema } from "../../lib/api";
import { newKey } from "../../lib/keys";
import { useWords } from "../../lib/words";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { Form, TextField } from "../../parts/Fields";
import { Notice, useSentence } from "../../parts/States";
import { toast } from "../../parts/Toasts";
import type { Known } from "./session";
import { words } from "./words";

interface Props {
  /** The one that is changed; a new one where there is none. */
  readonly of?: Known;
  readonly close: () => void;
}

/** Today, as a field for days takes it. */
function today(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

export function Written({ of, close }: Props) {
  const say = useWords(words);
  const sentence = useSentence();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const was = of?.session;
  const [title, setTitle] = useState(was?.title ?? "");
  const [on, setOn] = useState(was?.on ?? today());
  const [place, setPlace] = useState(was?.place ?? "");
  const [photographer, setPhotographer] = useState(was?.photographer ?? "");
  const [heads, setHeads] = useState(String(was?.head_count ?? ""));
  const body: Schema["SessionOrder"] = {
    title: title.trim(),
    on,
    place: place.trim() || null,
    photographer: photographer.trim() || null,
    head_count: heads ? Number(heads) : null,
    // What is not said is gone, so what it rests on is said again.
    basis: was?.basis ?? null,
  };
  const save = useMutation({
    mutationFn: () =>
      of
        ? ask(
            api.PUT("/v1/sessions/{session_id}", {
              params: {
                path: { session_id: of.session.session_id },
                header: { "If-Match": of.etag },
              },
              body,
            }),
          )
        : ask(
            api.POST("/v1/sessions", {
              params: { header: { "Idempotency-Key": newKey() } },
              body,
            }),
          ),
    onSuccess: async ({ session_id }) => {
      toast(say(of ? "changed" : "made"));
      close();
      if (!of) go(`/sessions/${session_id}`);
      await queries.invalidateQueries({ queryKey: ["sessions"] });
    },
  });
  return (
    <Dialog title={say(of ? "change" : "make")} open close={close}>
      {save.error && <Notice kind="no">{sentence(save.error)}</Notice>}
      <Form send={() => save.mutate()}>
        <TextField label={say("name")} value={title} change={setTitle} maxLength={120} required />
        <TextField label={say("on")} type="date" value={on} change={setOn} required />
        <TextField label={say("place")} value={place} change={setPlace} maxLength={120} />
        <TextField
          label={say("photographer")}
          value={photographer}
          change={setPhotographer}
          maxLength={120}
        />
        <TextField
          label={say("head_count")}
          hint={say("head_count_hint")}
          value={heads}
          change={(value) => setHeads(value.replace(/\D/g, ""))}
        />
        <Button kind="main" type="submit" isDisabled={save.isPending || !title.trim() || !on}>
          {say("save")}
        </Button>
      </Form>
    </Dialog>
  );
}
