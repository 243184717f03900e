// The files of a picture, one after the other: a newer one is sent, an older one comes back.

import { useQuery } from "@tanstack/react-query";
import { useRef, type ChangeEvent } from "react";
import { Link, useLocation } from "wouter";

import { api, ask, type Schema } from "../../lib/api";
import { useFormat } from "../../lib/format";
import { useMay } from "../../lib/me";
import { useTold, useWords } from "../../lib/words";
import { Badge } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { useConfirm } from "../../parts/Confirm";
import { Section } from "../../parts/Page";
import { Rendition } from "../../parts/Rendition";
import { Shown } from "../../parts/States";
import { Table } from "../../parts/Table";
import { toast } from "../../parts/Toasts";
import { NO_BATCH, queue } from "../upload/queue";
import { latest, seen, useDeed, type Asset } from "./asset";
import css from "./pictures.module.css";
import { words } from "./words";

type Version = Schema["VersionList"]["items"][number];

export function Versions({ asset }: { asset: Asset }) {
  const say = useWords(words);
  const { asset_id } = asset;
  const found = useQuery({
    queryKey: ["asset", asset_id, "versions"],
    queryFn: () =>
      ask(api.GET("/v1/assets/{asset_id}/versions", { params: { path: { asset_id } } })),
  });
  return (
    <Section
      title={say("versions")}
      actions={asset.affordances.includes("asset:describe") && <Newer asset={asset} />}
    >
      <Shown of={found} rows={1}>
        {({ items }) =>
          items.length > 1 ? (
            <Files asset={asset} items={items} />
          ) : (
            <p className={css.soft}>{say("one_version")}</p>
          )
        }
      </Shown>
    </Section>
  );
}

function Files({ asset, items }: { asset: Asset; items: readonly Version[] }) {
  const say = useWords(words);
  const format = useFormat();
  const may = useMay();
  const confirm = useConfirm();
  const [, go] = useLocation();
  const differs = useDifferences();
  const restored = (id: string) =>
    latest(id).then((older) =>
      ask(
        api.POST("/v1/assets/{asset_id}/restore", {
          params: { path: { asset_id: id }, header: seen(older) },
        }),
      ),
    );
  const undo = useDeed(asset.asset_id, restored, ({ asset_id }) => go(`/pictures/${asset_id}`));
  const restore = useDeed(asset.asset_id, restored, ({ asset_id, replaced }) => {
    toast(say("restored"), replaced ? { undo: () => undo.mutate(replaced) } : {});
    go(`/pictures/${asset_id}`);
  });
  const offer = async ({ asset_id, number }: Version) => {
    const yes = await confirm({
      title: say("restore_title", { number }),
      text: say("restore_text"),
      act: say("restore"),
    });
    if (yes) restore.mutate(asset_id);
  };
  return (
    <Table
      label={say("versions")}
      rows={items}
      keyOf={(row) => row.asset_id}
      columns={[
        {
          name: say("version_file"),
          show: (row) => (
            <span className={css.version}>
              {row.renditions.includes("thumb") && (
                <span className={css.small}>
                  <Rendition assetId={row.asset_id} name="thumb" alt="" />
                </span>
              )}
              <span>
                {row.asset_id === asset.asset_id ? (
                  <strong>{say("version_here", { number: row.number })}</strong>
                ) : (
                  <Link href={`/pictures/${row.asset_id}`}>
                    {say("version_number", { number: row.number })}
                  </Link>
                )}
                <span className={css.soft}> {row.file_name}</span>
              </span>
            </span>
          ),
        },
        { name: say("since"), show: (row) => format.moment(row.since) },
        {
          name: say("pixels"),
          show: (row) =>
            row.width
              ? `${row.width} × ${row.height} · ${format.size(row.size)}`
              : format.size(row.size),
        },
        { name: say("differs"), show: (row) => differs(row) },
        {
          name: say("now"),
          show: (row) =>
            row.current ? (
              <Badge tone="yes">{say("current")}</Badge>
            ) : may("asset:release") ? (
              <Button
                icon="undo"
                aria-label={say("restore_number", { number: row.number })}
                isDisabled={restore.isPending}
                onPress={() => void offer(row)}
              >
                {say("restore")}
              </Button>
            ) : row.ends_at ? (
              say("kept_until", { day: format.day(row.ends_at) })
            ) : (
              "–"
            ),
        },
      ]}
    />
  );
}

/** In what a file is another one than the one that is looked at, in words. */
function useDifferences(): (row: Version) => string {
  const say = useWords(words);
  const told = useTold();
  return ({ compared }) => {
    if (!compared) return "–";
    if (compared.same_file) return say("same_bytes");
    const near = compared.bits_apart !== null && compared.bits_apart <= 10;
    return [
      compared.bits_apart !== null && say(near ? "looks_alike" : "looks_other"),
      compared.dimensions && say("other_pixels"),
      compared.format && say("other_format"),
      ...compared.said.map(({ field }) => {
        const key = `field_${field}`;
        return key in words.nl ? say(key as "field_title") : told(field);
      }),
    ]
      .filter(Boolean)
      .join(", ");
  };
}

/** Choose a newer file; it is sent as any other, and takes the place of this one. */
function Newer({ asset }: { asset: Asset }) {
  const say = useWords(words);
  const confirm = useConfirm();
  const [, go] = useLocation();
  const input = useRef<HTMLInputElement>(null);
  const chosen = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? [];
    if (!file) return;
    const yes = await confirm({
      title: say("replace_title"),
      text: say("replace_text", { file: file.name }),
      act: say("replace"),
    });
    target.value = "";
    if (!yes) return;
    queue.add([file], { ...NO_BATCH, replaces: asset.asset_id }, true);
    go("/upload");
  };
  return (
    <>
      <Button icon="upload" onPress={() => input.current?.click()}>
        {say("replace")}
      </Button>
      <input
        ref={input}
        hidden
        type="file"
        tabIndex={-1}
        aria-label={say("replace")}
        onChange={(event) => void chosen(event)}
      />
    </>
  );
}
