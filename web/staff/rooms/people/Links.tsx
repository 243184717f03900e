// The links with which somebody sees what is theirs: made, shown once, taken back.

import { useState } from "react";

import { api, ask, type Schema } from "../../lib/api";
import { useFormat } from "../../lib/format";
import { useWords } from "../../lib/words";
import { Badge, type Tone } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { useConfirm } from "../../parts/Confirm";
import { Dialog } from "../../parts/Dialog";
import { Section } from "../../parts/Page";
import { Qr } from "../../parts/Qr";
import { Table } from "../../parts/Table";
import { toast } from "../../parts/Toasts";
import { useDeed } from "./data";
import css from "./people.module.css";
import { words } from "./words";

const TONES: Readonly<Record<Schema["LinkState"], Tone>> = {
  live: "yes",
  used: "none",
  revoked: "no",
  expired: "none",
};

const KNOWN = ["own_page", "sign", "renew"] as const;

export function Links({ person }: { person: Schema["PersonView"] }) {
  const say = useWords(words);
  const format = useFormat();
  const confirm = useConfirm();
  const [made, setMade] = useState<Schema["MadeLink"] | null>(null);
  const path = { person_id: person.person_id };
  const make = useDeed(
    () =>
      ask(
        api.POST("/v1/people/{person_id}/links", {
          params: { path },
          body: { purpose: "own_page" },
        }),
      ),
    [["people", person.person_id]],
    setMade,
  );
  const revoke = useDeed(
    (link_id: string) =>
      ask(
        api.DELETE("/v1/people/{person_id}/links/{link_id}", {
          params: { path: { ...path, link_id } },
        }),
      ),
    [["people", person.person_id]],
    () => toast(say("revoked")),
  );
  const takeBack = async (linkId: string) => {
    const sure = await confirm({
      title: say("revoke_title"),
      text: say("revoke_text"),
      act: say("revoke"),
      danger: true,
    });
    if (sure) revoke.mutate(linkId);
  };
  const purpose = (link: Schema["LinkView"]) => {
    const known = KNOWN.find((each) => each === link.purpose);
    return say(known ? `link_${known}` : "link_other");
  };
  return (
    <Section
      title={say("links")}
      actions={
        <Button
          icon="qr"
          isDisabled={make.isPending}
          onPress={() => make.mutate(undefined)}
        >
          {say("make_link")}
        </Button>
      }
    >
      <p className={css.soft}>{say("links_text")}</p>
      {person.links.length === 0 ? (
        <p>{say("links_none")}</p>
      ) : (
        <Table
          label={say("links")}
          rows={person.links}
          keyOf={(link) => link.link_id}
          columns={[
            { name: say("for_what"), show: purpose },
            { name: say("made_on"), show: (link) => format.day(link.created_at) },
            { name: say("ends_on"), show: (link) => format.day(link.expires_at) },
            {
              name: say("state"),
              show: (link) => (
                <Badge tone={TONES[link.state]}>{say(`link_${link.state}`)}</Badge>
              ),
            },
            {
              name: "",
              show: (link) =>
                link.state === "live" && (
                  <Button kind="quiet" onPress={() => void takeBack(link.link_id)}>
                    {say("revoke")}
                  </Button>
                ),
            },
          ]}
        />
      )}
      {made && (
        <Dialog title={say("link_title")} open close={() => setMade(null)}>
          <LinkOnce url={made.url} text={say("link_once")} label={say("link_code")} />
        </Dialog>
      )}
    </Section>
  );
}

interface OnceProps {
  readonly url: string;
  readonly text: string;
  readonly label: string;
}

/** A link that is told once: its code, its address, and copying it. */
export function LinkOnce({ url, text, label }: OnceProps) {
  const say = useWords(words);
  const copy = () =>
    void navigator.clipboard.writeText(url).then(() => toast(say("copied")));
  return (
    <div className={css.link}>
      <p>{text}</p>
      <div>
        <Qr text={url} label={label} />
      </div>
      <p className={css.address}>{url}</p>
      <Button icon="collection" onPress={copy}>
        {say("copy")}
      </Button>
    </div>
  );
}
