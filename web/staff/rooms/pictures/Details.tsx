// What is said of the picture: shown, and changed with a way back.

import { useState } from "react";

import { api, ask, type Schema } from "../../lib/api";
import { useFormat } from "../../lib/format";
import { useTold, useWords } from "../../lib/words";
import { Badge } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { Form, TextField } from "../../parts/Fields";
import { Facts, Section } from "../../parts/Page";
import { toast } from "../../parts/Toasts";
import { seen, useDeed, useSession, type Asset } from "./asset";
import css from "./pictures.module.css";
import { words } from "./words";

type Said = Schema["DescriptionView"];
type Values = Schema["MetadataValues"];

const TEXTS = [
  "title",
  "caption",
  "creator",
  "credit",
  "copyright",
  "usage_terms",
  "captured_at",
  "location",
  "city",
  "region",
  "country",
] as const satisfies readonly (keyof Said)[];
const LONG = new Set<string>(["caption", "usage_terms"]);

/** What somebody changed, and nothing else: empty is `null`, which empties the field. */
export function changes(before: Said, after: Readonly<Record<string, string>>): Values {
  const changed: Record<string, unknown> = {};
  for (const field of TEXTS) {
    const now = (after[field] ?? "").trim();
    if (now !== (before[field] ?? "")) changed[field] = now || null;
  }
  const keywords = (after["keywords"] ?? "")
    .split(/[,\n]/)
    .map((each) => each.trim())
    .filter(Boolean);
  if (keywords.join("\n") !== before.keywords.join("\n")) changed["keywords"] = keywords;
  return changed as Values;
}

export function Details({ asset }: { asset: Asset }) {
  const say = useWords(words);
  const told = useTold();
  const format = useFormat();
  const [editing, setEditing] = useState(false);
  const session = useSession(asset.session_id);
  const said = asset.description;
  const { original } = asset;
  const isLong = (field: string, value: string) => field === "caption" || value.length > 90;
  // A camera may say something else than a time.
  const taken = (value: string) =>
    Number.isNaN(Date.parse(value)) ? value : format.moment(new Date(value));
  const long = TEXTS.flatMap((field) => {
    const value = said[field];
    return value && field !== "title" && isLong(field, value) ? [{ field, value }] : [];
  });
  const facts: (readonly [string, React.ReactNode])[] = TEXTS.flatMap((field) => {
    const value = said[field];
    if (!value || field === "title" || isLong(field, value)) return [];
    return [[say(`field_${field}`), field === "captured_at" ? taken(value) : value] as const];
  });
  if (said.keywords.length) {
    facts.push([
      say("field_keywords"),
      <span key="keywords" className={css.words}>
        {said.keywords.map((each) => (
          <Badge key={each} tone="none" icon="filter">
            {each}
          </Badge>
        ))}
      </span>,
    ]);
  }
  if (said.model_release) facts.push([say("model_release"), told(said.model_release)]);
  facts.push([say("file"), `${asset.file_name} · ${format.size(asset.size)}`]);
  if (original?.width) {
    facts.push([say("pixels"), `${original.width} × ${original.height}`]);
  }
  facts.push([say("uploaded"), format.moment(asset.announced_at)]);
  if (session.data) facts.push([say("session"), session.data.title]);
  if (asset.collections.length) {
    facts.push([say("collections"), asset.collections.map((each) => each.title).join(", ")]);
  }
  return (
    <Section
      title={say("details")}
      actions={
        asset.affordances.includes("asset:describe") && (
          <Button icon="edit" onPress={() => setEditing(true)}>
            {say("edit")}
          </Button>
        )
      }
    >
      {long.map(({ field, value }) => (
        <div key={field} className={css.long}>
          <h3>{say(`field_${field}`)}</h3>
          <p>{value}</p>
        </div>
      ))}
      <Facts facts={facts} />
      {editing && <Edit asset={asset} close={() => setEditing(false)} />}
    </Section>
  );
}

function Edit({ asset, close }: { asset: Asset; close: () => void }) {
  const say = useWords(words);
  const before = asset.description;
  const [after, setAfter] = useState<Readonly<Record<string, string>>>({
    ...Object.fromEntries(TEXTS.map((field) => [field, before[field] ?? ""])),
    keywords: before.keywords.join(", "),
  });
  const values = changes(before, after);
  const nothing = Object.keys(values).length === 0;
  const id = asset.asset_id;

  const undo = useDeed(id, (editId: string) =>
    ask(
      api.DELETE("/v1/metadata/edits/{edit_id}", { params: { path: { edit_id: editId } } }),
    ),
  );
  const send = useDeed(
    id,
    () =>
      ask(
        api.PATCH("/v1/assets/{asset_id}/metadata", {
          params: { path: { asset_id: id }, header: seen(asset) },
          body: { values },
        }),
      ),
    ({ edit_id }) => {
      toast(say("described"), edit_id ? { undo: () => undo.mutate(edit_id) } : {});
      close();
    },
  );
  const go = () => {
    if (nothing) close();
    else send.mutate(undefined);
  };
  return (
    <Dialog
      title={say("edit_title")}
      open
      wide
      close={close}
      actions={
        <>
          <Button onPress={close}>{say("cancel")}</Button>
          <Button kind="main" isDisabled={send.isPending} onPress={go}>
            {say("keep")}
          </Button>
        </>
      }
    >
      <Form send={go}>
        {[...TEXTS, "keywords" as const].map((field) => (
          <TextField
            key={field}
            label={say(`field_${field}`)}
            value={after[field] ?? ""}
            change={(value) => setAfter({ ...after, [field]: value })}
            {...(LONG.has(field) ? { lines: 3 } : {})}
            {...(field === "keywords" ? { hint: say("keywords_hint") } : {})}
            {...(field === "captured_at" ? { hint: say("captured_hint") } : {})}
          />
        ))}
      </Form>
    </Dialog>
  );
}
