// One collection: what is in it, and what may be done with it as a whole.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";

import { roomOf } from "../../app/rooms";
import { api, ask, type Schema } from "../../lib/api";
import { useMay } from "../../lib/me";
import { usePages } from "../../lib/pages";
import { useWords } from "../../lib/words";
import { Badge, StatusBadge } from "../../parts/Badge";
import { Button, IconButton, LinkButton } from "../../parts/Button";
import { Page } from "../../parts/Page";
import { Rendition } from "../../parts/Rendition";
import { Empty, Shown, useSentence } from "../../parts/States";
import { toast } from "../../parts/Toasts";
import { Pack } from "../library/Pack";
import { ShareThem } from "../library/ShareThem";
import css from "./Collection.module.css";
import { words } from "./words";
import { Written } from "./Written";

type Deed = "change" | "share" | "pack";

export function Collection({ id }: { id: string }) {
  const say = useWords(words);
  const may = useMay();
  const [doing, setDoing] = useState<Deed | null>(null);
  const collection = useQuery({
    queryKey: ["collections", id],
    queryFn: () =>
      ask(api.GET("/v1/collections/{collection_id}", { params: { path: { collection_id: id } } })),
  });
  const close = () => setDoing(null);
  const found = collection.data;
  const deeds = found && (
    <>
      {may("share:create") && (
        <Button icon="share" onPress={() => setDoing("share")}>
          {say("share")}
        </Button>
      )}
      {may("asset:download") && (
        <Button icon="download" onPress={() => setDoing("pack")}>
          {say("pack")}
        </Button>
      )}
      {found.affordances.includes("collection:change") && (
        <Button icon="edit" onPress={() => setDoing("change")}>
          {say("change")}
        </Button>
      )}
    </>
  );
  return (
    <Page title={found?.title ?? say("title")} actions={deeds} wide>
      <p className={css.above}>
        <Link href="/collections">{say("back")}</Link>
        {found?.restricted && (
          <Badge tone="wait" icon="lock">
            {say("restricted")}
          </Badge>
        )}
      </p>
      <Shown of={collection}>{(known) => <Pictures of={known} />}</Shown>
      {found && doing === "change" && <Written of={found} close={close} />}
      {doing === "share" && <ShareThem collectionId={id} close={close} />}
      {doing === "pack" && <Pack collectionId={id} close={close} />}
    </Page>
  );
}

function Pictures({ of }: { of: Schema["CollectionView"] }) {
  const say = useWords(words);
  const { collection_id } = of;
  const takeOut = useTakeOut(collection_id);
  const pictures = usePages(["collections", collection_id, "assets"], (cursor) =>
    ask(
      api.GET("/v1/collections/{collection_id}/assets", {
        params: { path: { collection_id }, query: cursor ? { cursor } : {} },
      }),
    ),
  );
  const fills = of.affordances.includes("collection:fill");
  return (
    <Shown of={pictures.of}>
      {(items) =>
        items.length ? (
          <>
            <ul className={css.pictures} aria-label={say("pictures")}>
              {items.map((picture) => (
                <li key={picture.asset_id}>
                  <One picture={picture} />
                  {fills && (
                    <IconButton
                      icon="minus"
                      label={say("take_out", { title: picture.title ?? picture.file_name })}
                      onPress={() => takeOut(picture)}
                    />
                  )}
                </li>
              ))}
            </ul>
            {pictures.more && (
              <Button onPress={pictures.more} isDisabled={pictures.loading}>
                {say("more")}
              </Button>
            )}
          </>
        ) : (
          <Empty
            icon="picture"
            title={say("no_pictures")}
            text={say("no_pictures_text")}
            action={<LinkButton href="/library">{say("to_library")}</LinkButton>}
          />
        )
      }
    </Shown>
  );
}

function One({ picture }: { picture: Schema["AssetSummary"] }) {
  const title = picture.title ?? picture.file_name;
  const inside = (
    <>
      <span className={css.frame}>
        {picture.renditions.includes("thumb") && (
          <Rendition assetId={picture.asset_id} name="thumb" alt="" />
        )}
      </span>
      <span className={css.title}>{title}</span>
    </>
  );
  return (
    <div className={css.one}>
      {roomOf("/pictures/x") ? (
        <Link href={`/pictures/${picture.asset_id}`}>{inside}</Link>
      ) : (
        inside
      )}
      <StatusBadge status={picture.status} />
    </div>
  );
}

function useTakeOut(collection_id: string): (picture: Schema["AssetSummary"]) => void {
  const say = useWords(words);
  const sentence = useSentence();
  const queries = useQueryClient();
  const settings = {
    onError: (error: unknown) => toast(sentence(error), { kind: "no" }),
    onSettled: () => queries.invalidateQueries({ queryKey: ["collections", collection_id] }),
  };
  const place = (picture: { asset_id: string; revision: number }) => ({
    params: {
      path: { collection_id, asset_id: picture.asset_id },
      header: { "If-Match": `"${picture.revision}"` },
    },
  });
  const put = useMutation({
    ...settings,
    mutationFn: (picture: Schema["PlacedAsset"]) =>
      ask(api.PUT("/v1/collections/{collection_id}/assets/{asset_id}", place(picture))),
    onSuccess: () => toast(say("back_in")),
  });
  const take = useMutation({
    ...settings,
    mutationFn: (picture: Schema["AssetSummary"]) =>
      ask(api.DELETE("/v1/collections/{collection_id}/assets/{asset_id}", place(picture))),
    onSuccess: (placed) => toast(say("taken_out"), { undo: () => put.mutate(placed) }),
  });
  return take.mutate;
}
