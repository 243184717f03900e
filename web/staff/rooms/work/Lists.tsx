// Requests with their clocks, recalls, files that were refused, what takes a second person.

import { useQueries, useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { roomOf } from "../../app/rooms";
import { api, ask } from "../../lib/api";
import { useFormat } from "../../lib/format";
import { useMay } from "../../lib/me";
import { useTold, useWords } from "../../lib/words";
import { Badge } from "../../parts/Badge";
import { Button, LinkButton } from "../../parts/Button";
import { useConfirm } from "../../parts/Confirm";
import { Empty, Shown } from "../../parts/States";
import { Table } from "../../parts/Table";
import { toast } from "../../parts/Toasts";
import { useDeed, useNames } from "../people/data";
import { words } from "./words";

export const useRequests = () => {
  const may = useMay();
  return useQuery({
    queryKey: ["subject-requests", "received"],
    queryFn: () =>
      ask(
        api.GET("/v1/subject-requests", {
          params: { query: { state: "received", limit: 100 } },
        }),
      ),
    enabled: may("subject_request:list"),
  });
};

export function Requests() {
  const say = useWords(words);
  const format = useFormat();
  const nameOf = useNames();
  const requests = useRequests();
  return (
    <Shown of={requests}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty icon="check" title={say("requests_none")} />
        ) : (
          <Table
            label={say("requests")}
            rows={items}
            keyOf={(each) => each.subject_request_id}
            columns={[
              { name: say("what"), show: (each) => each.kind_words },
              {
                name: say("by"),
                show: ({ person_id }) => (
                  <Link href={`/people/${person_id}`}>
                    {nameOf(person_id) ?? say("someone")}
                  </Link>
                ),
              },
              {
                name: say("due"),
                show: ({ due_at, overdue }) => (
                  <Badge tone={overdue ? "no" : "wait"}>
                    {overdue ? `${say("overdue")} · ` : ""}
                    {format.fromNow(due_at)}
                  </Badge>
                ),
              },
              {
                name: say("deeds"),
                show: ({ subject_request_id }) =>
                  roomOf("/desk/requests") && (
                    <LinkButton href={`/desk/requests/${subject_request_id}`}>
                      {say("decide")}
                    </LinkButton>
                  ),
              },
            ]}
          />
        )
      }
    </Shown>
  );
}

export const useRecalls = () => {
  const may = useMay();
  return useQuery({
    queryKey: ["recalls", "open"],
    queryFn: async () => {
      const states = ["recall_unreachable", "recall_open"] as const;
      const pages = await Promise.all(
        states.map((state) =>
          ask(api.GET("/v1/recalls", { params: { query: { state, limit: 100 } } })),
        ),
      );
      return pages.flatMap((page) => page.items);
    },
    enabled: may("recall:list"),
  });
};

export function Recalls() {
  const say = useWords(words);
  const format = useFormat();
  const confirm = useConfirm();
  const recalls = useRecalls();
  const acknowledge = useDeed(
    (recall_id: string) =>
      ask(
        api.POST("/v1/recalls/{recall_id}/acknowledgement", {
          params: { path: { recall_id } },
        }),
      ),
    [["recalls"]],
    () => toast(say("removed_done")),
  );
  const removed = async (recallId: string) => {
    const sure = await confirm({
      title: say("removed_title"),
      text: say("removed_text"),
      act: say("removed"),
    });
    if (sure) acknowledge.mutate(recallId);
  };
  return (
    <Shown of={recalls}>
      {(items) =>
        items.length === 0 ? (
          <Empty icon="check" title={say("recalls_none")} />
        ) : (
          <Table
            label={say("recalls")}
            rows={items}
            keyOf={(each) => each.recall_id}
            columns={[
              {
                name: say("picture"),
                show: ({ asset_id }) => (
                  <Link href={`/pictures/${asset_id}`}>{say("open_picture")}</Link>
                ),
              },
              { name: say("state"), show: (each) => each.state_words },
              { name: say("opened"), show: (each) => format.day(each.opened_at) },
              { name: say("reminders"), show: (each) => format.number(each.reminders) },
              {
                name: say("deeds"),
                show: (each) =>
                  each.affordances.includes("recall:acknowledge") && (
                    <Button onPress={() => void removed(each.recall_id)}>
                      {say("removed")}
                    </Button>
                  ),
              },
            ]}
          />
        )
      }
    </Shown>
  );
}

const SHOWN = 30; // files: each is asked for by itself, to learn why it was refused

export const useRefused = () => {
  const may = useMay();
  return useQuery({
    queryKey: ["work", "refused"],
    queryFn: () =>
      ask(
        api.GET("/v1/assets", { params: { query: { status: "rejected", limit: SHOWN } } }),
      ),
    enabled: may("asset:list"),
  });
};

export function Uploads() {
  const say = useWords(words);
  const told = useTold();
  const format = useFormat();
  const refused = useRefused();
  const assets = useQueries({
    queries: (refused.data?.items ?? []).map(({ asset_id }) => ({
      queryKey: ["assets", asset_id],
      queryFn: () =>
        ask(api.GET("/v1/assets/{asset_id}", { params: { path: { asset_id } } })),
    })),
  });
  const whole = new Map(assets.flatMap(({ data }) => (data ? [[data.asset_id, data]] : [])));
  const retry = useDeed(
    (asset_id: string) =>
      ask(api.POST("/v1/assets/{asset_id}/retry", { params: { path: { asset_id } } })),
    [["work", "refused"]],
    () => toast(say("retried")),
  );
  return (
    <Shown of={refused}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty icon="check" title={say("uploads_none")} />
        ) : (
          <Table
            label={say("uploads")}
            rows={items}
            keyOf={(each) => each.asset_id}
            columns={[
              { name: say("file"), show: (each) => each.file_name },
              { name: say("sent_on"), show: (each) => format.moment(each.announced_at) },
              {
                name: say("why"),
                show: ({ asset_id }) => {
                  const reason = whole.get(asset_id)?.rejection?.reason;
                  return reason ? told(reason) : "…";
                },
              },
              {
                name: say("deeds"),
                show: ({ asset_id }) =>
                  whole.get(asset_id)?.affordances.includes("asset:retry") && (
                    <Button kind="quiet" onPress={() => retry.mutate(asset_id)}>
                      {say("retry")}
                    </Button>
                  ),
              },
            ]}
          />
        )
      }
    </Shown>
  );
}
