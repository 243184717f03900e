// Pictures, or a collection, for somebody outside: by a link that ends.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api, ask, type Schema } from "../../lib/api";
import { useLanguage, useWords } from "../../lib/words";
import { Button } from "../../parts/Button";
import { CHANNELS, useNames } from "../../parts/channels";
import { Dialog } from "../../parts/Dialog";
import { Checkbox, Form, Select, TextField } from "../../parts/Fields";
import { Notice, useSentence } from "../../parts/States";
import { toast } from "../../parts/Toasts";
import css from "./Library.module.css";
import { words } from "./words";

interface Props {
  readonly assetIds?: readonly string[];
  readonly collectionId?: string;
  readonly close: () => void;
}

export function ShareThem({ assetIds, collectionId, close }: Props) {
  const say = useWords(words);
  const names = useNames();
  const sentence = useSentence();
  const language = useLanguage();
  const queries = useQueryClient();
  const [channel, setChannel] = useState<Schema["Channel"]>("website");
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [until, setUntil] = useState("");
  const [password, setPassword] = useState("");
  const [downloads, setDownloads] = useState(false);
  const share = useMutation({
    mutationFn: () =>
      ask(
        api.POST("/v1/shares", {
          body: {
            ...(assetIds ? { asset_ids: [...assetIds] } : {}),
            ...(collectionId ? { collection_id: collectionId } : {}),
            channel,
            way: downloads ? "share_download" : "share_view",
            recipient: { language, name: name.trim() || null, email: email.trim() || null },
            // The end of that day, here.
            ...(until ? { expires_at: new Date(`${until}T23:59:59`).toISOString() } : {}),
            ...(password ? { password } : {}),
          },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["shares"] }),
  });
  return (
    <Dialog title={share.data ? say("shared") : say("share_title")} open close={close}>
      {share.error && <Notice kind="no">{sentence(share.error)}</Notice>}
      {share.data ? (
        <Made made={share.data} close={close} />
      ) : (
        <Form send={() => share.mutate()}>
          <Select
            label={say("channel")}
            value={channel}
            options={CHANNELS.map((value) => ({ value, words: names.channel(value) }))}
            change={(value) => setChannel(value as Schema["Channel"])}
          />
          <div className={css.pair}>
            <TextField label={say("recipient")} value={name} change={setName} />
            <TextField
              label={say("recipient_email")}
              hint={say("recipient_hint")}
              type="email"
              value={email}
              change={setEmail}
            />
            <TextField label={say("expires")} type="date" value={until} change={setUntil} />
            <TextField
              label={say("password")}
              hint={say("password_hint")}
              type="password"
              value={password}
              change={setPassword}
            />
          </div>
          <Checkbox checked={downloads} change={setDownloads}>
            {say("downloads")}
          </Checkbox>
          <div className={css.end}>
            <Button kind="main" type="submit" isDisabled={share.isPending}>
              {say("share")}
            </Button>
          </div>
        </Form>
      )}
    </Dialog>
  );
}

function Made({ made, close }: { made: Schema["MadeShare"]; close: () => void }) {
  const say = useWords(words);
  const copy = async () => {
    await navigator.clipboard.writeText(made.url);
    toast(say("copied"));
  };
  return (
    <>
      {made.mailed && <Notice kind="yes">{say("shared_mailed")}</Notice>}
      {made.dark.length > 0 && (
        <Notice kind="wait">{say("dark", { count: made.dark.length })}</Notice>
      )}
      <p>{say("shared_link")}</p>
      <p className={css.link}>{made.url}</p>
      <div className={css.end}>
        <Button onPress={() => void copy()}>{say("copy")}</Button>
        <Button kind="main" onPress={close}>
          {say("done")}
        </Button>
      </div>
    </>
  );
}
