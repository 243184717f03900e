// Everybody who is known to be in the chosen pictures, asked in one go.

import { useMutation, useQueries, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { api, ask } from "../../lib/api";
import { newKey } from "../../lib/keys";
import { useWords } from "../../lib/words";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { Checkbox, Form, Select } from "../../parts/Fields";
import { Failed, Loading, Notice, useSentence } from "../../parts/States";
import { toast } from "../../parts/Toasts";
import type { DeedProps } from "./Deeds";
import css from "./Library.module.css";
import { words } from "./words";

export function AskConsent({ chosen, close }: DeedProps) {
  const say = useWords(words);
  const sentence = useSentence();
  const [without, setWithout] = useState<ReadonlySet<string>>(new Set());
  const [picked, setPicked] = useState<string | null>(null);
  const pictures = useQueries({
    queries: chosen.map(({ asset_id }) => ({
      queryKey: ["assets", asset_id],
      queryFn: () => ask(api.GET("/v1/assets/{asset_id}", { params: { path: { asset_id } } })),
    })),
  });
  const wordings = useQuery({
    queryKey: ["wordings"],
    queryFn: () => ask(api.GET("/v1/wordings")),
  });
  const ids = [
    ...new Set(
      pictures
        .flatMap(({ data }) => data?.faces ?? [])
        .flatMap(({ appearances }) => appearances)
        .filter(({ status }) => status === "confirmed")
        .map(({ person_id }) => person_id),
    ),
  ];
  const people = useQueries({
    queries: ids.map((person_id) => ({
      queryKey: ["people", person_id],
      queryFn: () => ask(api.GET("/v1/people/{person_id}", { params: { path: { person_id } } })),
    })),
  });
  const wording = picked ?? wordings.data?.items[0]?.wording ?? "";
  const asked = ids.filter((id) => !without.has(id));
  const send = useMutation({
    mutationFn: () =>
      ask(
        api.POST("/v1/consent-requests", {
          params: { header: { "Idempotency-Key": newKey() } },
          body: {
            people: asked.map((person_id) => ({ person_id })),
            wording,
            delivery: "link",
            pictures: chosen.map(({ asset_id }) => asset_id),
          },
        }),
      ),
    onSuccess: ({ items }) => {
      const missed = items.flatMap(({ problem }) => (problem ? [problem.words] : []));
      toast(say("asked", { count: items.length - missed.length }));
      if (missed[0]) toast(missed[0], { kind: "no" });
      close();
    },
  });
  const failed = [...pictures, ...people, wordings].find(({ error }) => error);
  const waiting = [...pictures, ...people].some(({ isPending }) => isPending);
  return (
    <Dialog title={say("ask_title")} open close={close}>
      {send.error && <Notice kind="no">{sentence(send.error)}</Notice>}
      {failed ? (
        <Failed error={failed.error} again={() => void failed.refetch()} />
      ) : waiting || wordings.isPending ? (
        <Loading />
      ) : ids.length === 0 ? (
        <Notice kind="none">{say("ask_none")}</Notice>
      ) : (
        <Form send={() => send.mutate()}>
          <p>{say("ask_text")}</p>
          {people.map(
            ({ data }) =>
              data && (
                <Checkbox
                  key={data.person_id}
                  checked={!without.has(data.person_id)}
                  change={(checked) => {
                    const next = new Set(without);
                    if (checked) next.delete(data.person_id);
                    else next.add(data.person_id);
                    setWithout(next);
                  }}
                >
                  {data.name}
                </Checkbox>
              ),
          )}
          <Select
            label={say("wording")}
            value={wording}
            options={(wordings.data?.items ?? []).map((each) => ({
              value: each.wording,
              words: each.title,
            }))}
            change={setPicked}
          />
          <div className={css.end}>
            <Button
              kind="main"
              type="submit"
              isDisabled={send.isPending || asked.length === 0 || !wording}
            >
              {say("ask_send")}
            </Button>
          </div>
        </Form>
      )}
    </Dialog>
  );
}
