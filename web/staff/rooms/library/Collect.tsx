// Pictures put into a collection, one that is there or a new one; taken out again by undo.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api, ask } from "../../lib/api";
import { fillableOf, placeIn, useCollections } from "../../lib/collections";
import { newKey } from "../../lib/keys";
import { useMay } from "../../lib/me";
import { useWords } from "../../lib/words";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { Form, Select, TextField } from "../../parts/Fields";
import { Shown, useSentence } from "../../parts/States";
import { toast } from "../../parts/Toasts";
import type { DeedProps } from "./Deeds";
import { each } from "./each";
import { words } from "./words";

const NEW = "";

export function Collect({ chosen, close }: DeedProps) {
  const say = useWords(words);
  const sentence = useSentence();
  const may = useMay();
  const queries = useQueryClient();
  const [picked, setPicked] = useState<string | null>(null);
  const [title, setTitle] = useState("");
  const collections = useCollections();
  const fillable = fillableOf(collections.data);
  const collection = picked ?? fillable[0]?.collection_id ?? NEW;
  const refresh = async () => {
    await queries.invalidateQueries({ queryKey: ["search"] });
    await queries.invalidateQueries({ queryKey: ["collections"] });
  };
  const uncollect = async (collection_id: string, placed: readonly Placed[]) => {
    const { problems } = await each(placed, ({ asset_id, revision }) =>
      ask(
        api.DELETE("/v1/collections/{collection_id}/assets/{asset_id}", {
          params: {
            path: { collection_id, asset_id },
            header: { "If-Match": `"${revision}"` },
          },
        }),
      ),
    );
    const [problem] = problems;
    if (problem) toast(sentence(problem), { kind: "no" });
    else toast(say("uncollected"));
    await refresh();
  };
  const collect = useMutation({
    mutationFn: async () => {
      const collection_id = collection || (await made(title));
      return { collection_id, ...(await put(collection_id, chosen)) };
    },
    onSuccess: async ({ collection_id, done, problems }) => {
      const [problem] = problems;
      const undo = () => void uncollect(collection_id, done);
      if (problem) {
        const said = { done: done.length, count: chosen.length, problem: sentence(problem) };
        toast(say("collected_some", said), { kind: "no", undo });
      } else toast(say("collected", { count: done.length }), { undo });
      close();
      await refresh();
    },
    onError: (error) => toast(sentence(error), { kind: "no" }),
  });
  return (
    <Dialog title={say("collect")} open close={close}>
      <Shown of={collections}>
        {() => (
          <Form send={() => collect.mutate()}>
            <Select
              label={say("collection")}
              value={collection}
              change={setPicked}
              options={[
                ...fillable.map((one) => ({
                  value: one.collection_id,
                  words: one.title,
                })),
                ...(may("collection:create") ? [{ value: NEW, words: say("new_collection") }] : []),
              ]}
            />
            {collection === NEW && (
              <TextField
                label={say("collection_title")}
                value={title}
                change={setTitle}
                required
              />
            )}
            <Button
              kind="main"
              type="submit"
              isDisabled={collect.isPending || (collection === NEW && !title.trim())}
            >
              {say("collect")}
            </Button>
          </Form>
        )}
      </Shown>
    </Dialog>
  );
}

interface Placed {
  readonly asset_id: string;
  readonly revision: number;
}

const put = (collection_id: string, chosen: DeedProps["chosen"]) =>
  each(chosen, (one) => placeIn(one, collection_id));

async function made(title: string): Promise<string> {
  const { collection_id } = await ask(
    api.POST("/v1/collections", {
      params: { header: { "Idempotency-Key": newKey() } },
      body: { title, restricted: false },
    }),
  );
  return collection_id;
}
