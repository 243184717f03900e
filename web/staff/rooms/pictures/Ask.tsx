// Asking somebody in the picture for consent: with which wording, by mail or here.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { api, ask } from "../../lib/api";
import { useWords } from "../../lib/words";
import { Button, LinkButton } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { Select } from "../../parts/Fields";
import { Notice, Shown } from "../../parts/States";
import { toast } from "../../parts/Toasts";
import { once, useDeed, type Asset } from "./asset";
import css from "./pictures.module.css";
import { words } from "./words";

interface Props {
  readonly asset: Asset;
  readonly person: string;
  readonly name: string;
  readonly close: () => void;
}

export function AskConsent({ asset, person, name, close }: Props) {
  const say = useWords(words);
  const [wording, setWording] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const wordings = useQuery({
    queryKey: ["wordings"],
    queryFn: () => ask(api.GET("/v1/wordings", { params: { query: { limit: 100 } } })),
  });
  const items = wordings.data?.items ?? [];
  const chosen = wording || items[0]?.wording || "";

  const send = useDeed(
    asset.asset_id,
    () =>
      ask(
        api.POST("/v1/consent-requests", {
          params: { header: once() },
          body: {
            delivery: "link",
            people: [{ person_id: person, country: "NL" }],
            wording: chosen,
            session_id: asset.session_id,
            pictures: [asset.asset_id],
          },
        }),
      ),
    ({ items: came }) => {
      const said = came[0]?.problem?.words;
      if (said) return setProblem(said);
      toast(say("asked", { name }));
      close();
    },
  );
  return (
    <Dialog
      title={say("ask_title", { name })}
      open
      close={close}
      actions={
        <>
          <Button onPress={close}>{say("cancel")}</Button>
          <Button
            kind="main"
            icon="mail"
            isDisabled={!chosen || send.isPending}
            onPress={() => send.mutate(undefined)}
          >
            {say("ask_send")}
          </Button>
        </>
      }
    >
      <p>{say("ask_text", { name })}</p>
      <Shown of={wordings} rows={1}>
        {() =>
          items.length ? (
            <Select
              label={say("wording")}
              value={chosen}
              change={setWording}
              options={items.map((each) => ({
                value: each.wording,
                words: `${each.title} (${say("version", { number: each.version })})`,
              }))}
            />
          ) : (
            <Notice kind="wait">{say("no_wordings")}</Notice>
          )
        }
      </Shown>
      {problem && (
        <Notice kind="no">
          <p>{problem}</p>
          <p className={css.buttons}>
            <LinkButton href={`/people/${person}`}>{say("open_person")}</LinkButton>
          </p>
        </Notice>
      )}
    </Dialog>
  );
}
