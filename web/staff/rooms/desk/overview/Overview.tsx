// What needs a decision, by itself the first page of the desk.

import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { api, ask, type Schema } from "../../../lib/api";
import { useFormat } from "../../../lib/format";
import { useMay } from "../../../lib/me";
import { useWords } from "../../../lib/words";
import { Icon, type IconName } from "../../../parts/Icon";
import { useProposals } from "../../../parts/Proposals";
import { DeskPage, PARTS } from "../DeskPage";
import desk from "../desk.module.css";
import { Forecast } from "./Forecast";
import { KINDS } from "../registers/data";
import { words } from "./words";

const SOON = 60 * 86_400_000;

export function Overview() {
  const say = useWords(words);
  const may = useMay();
  const there = (path: string) =>
    PARTS.some((part) => part.path === path && part.needs !== null && may(part.needs));
  return (
    <DeskPage title={say("title")} lead={say("lead")}>
      <nav aria-label={say("waiting")}>
        <div className={desk.cards}>
          {there("/desk/requests") && <Requests />}
          {there("/desk/erasures") && <Erasures />}
          {there("/desk/retention") && <Runs />}
          {there("/desk/recalls") && <Recalls />}
          {there("/desk/registers") && <Records />}
          {there("/desk/breaches") && <Breaches />}
          {there("/desk/proposals") && <Seconds />}
        </div>
      </nav>
      {may("asset:list") && <Forecast />}
    </DeskPage>
  );
}

interface CardProps {
  readonly to: string;
  readonly icon: IconName;
  readonly name: string;
  /** How many; undefined while it is asked, null where it could not be. */
  readonly count: number | undefined | null;
  readonly more?: boolean;
  readonly hint?: string | undefined;
  readonly late?: string | undefined;
}

function Card({ to, icon, name, count, more, hint, late }: CardProps) {
  const say = useWords(words);
  const format = useFormat();
  const many = count === undefined ? "…" : count === null ? "?" : format.number(count);
  return (
    <Link className={desk.card} href={to}>
      <b>
        {many}
        {more && "+"}
      </b>
      <Icon name={icon} size={22} />
      <span className={desk.name}>{name}</span>
      <span className={late ? desk.late : desk.hint}>
        {late ?? hint ?? (count === 0 ? say("in_order") : "")}
      </span>
    </Link>
  );
}

const most = { limit: 100 } as const;

/** How many, for a card: while it is asked and where it failed, too. */
function counted(asked: { isPending: boolean; isError: boolean }, count: number) {
  return asked.isPending ? undefined : asked.isError ? null : count;
}

function Requests() {
  const say = useWords(words);
  const format = useFormat();
  const asked = useQuery({
    queryKey: ["subject-requests", "open"],
    queryFn: () =>
      ask(api.GET("/v1/subject-requests", { params: { query: { ...most, state: "received" } } })),
  });
  const items = asked.data?.items ?? [];
  const late = items.filter((each) => each.overdue).length;
  const first = items.map((each) => each.due_at).sort()[0];
  return (
    <Card
      to="/desk/requests"
      icon="clock"
      name={say("requests")}
      count={counted(asked, items.length)}
      more={Boolean(asked.data?.cursor)}
      late={late ? say("late", { count: late }) : undefined}
      hint={first && say("requests_hint", { day: format.day(first) })}
    />
  );
}

function Erasures() {
  const say = useWords(words);
  const asked = useQuery({
    queryKey: ["erasures", "planned"],
    queryFn: () =>
      ask(api.GET("/v1/erasures", { params: { query: { ...most, state: "erasure_planned" } } })),
  });
  const count = asked.data?.items.length ?? 0;
  return (
    <Card
      to="/desk/erasures"
      icon="trash"
      name={say("erasures")}
      count={counted(asked, count)}
      more={Boolean(asked.data?.cursor)}
      hint={count ? say("erasures_hint") : undefined}
    />
  );
}

function Runs() {
  const say = useWords(words);
  const asked = useQuery({ queryKey: ["retention", "card"], queryFn: () => ask(api.GET("/v1/retention")) });
  // What waits is what the API lets be confirmed.
  const count = asked.data?.runs.filter((run) => run.affordances.length > 0).length ?? 0;
  return (
    <Card
      to="/desk/retention"
      icon="session"
      name={say("runs")}
      count={counted(asked, count)}
      late={asked.data?.paused ? say("paused") : undefined}
      hint={count ? say("runs_hint") : undefined}
    />
  );
}

function Recalls() {
  const say = useWords(words);
  const query = (state: Schema["RecallState"]) => ({ params: { query: { ...most, state } } });
  const asked = useQuery({
    queryKey: ["recalls", "card"],
    queryFn: async () => {
      const [open, lost] = await Promise.all([
        ask(api.GET("/v1/recalls", query("recall_open"))),
        ask(api.GET("/v1/recalls", query("recall_unreachable"))),
      ]);
      const more = Boolean(open.cursor ?? lost.cursor);
      return { count: open.items.length + lost.items.length, lost: lost.items.length, more };
    },
  });
  const lost = asked.data?.lost ?? 0;
  return (
    <Card
      to="/desk/recalls"
      icon="undo"
      name={say("recalls")}
      count={counted(asked, asked.data?.count ?? 0)}
      more={asked.data?.more ?? false}
      late={lost ? say("unreachable", { count: lost }) : undefined}
    />
  );
}

function Records() {
  const say = useWords(words);
  const asked = useQuery({
    queryKey: ["governance", "card"],
    queryFn: async () => {
      const pages = await Promise.all(
        KINDS.map((kind) => ask(api.GET("/v1/governance", { params: { query: { ...most, kind } } }))),
      );
      return pages.flatMap((page) => page.items).filter(endsSoon).length;
    },
  });
  const count = asked.data ?? 0;
  return (
    <Card
      to="/desk/registers"
      icon="work"
      name={say("records")}
      count={counted(asked, count)}
      hint={count ? say("records_hint") : undefined}
    />
  );
}

function endsSoon(record: Schema["RecordSummary"]): boolean {
  if (record.state === "record_lapsed") return true;
  const ends = record.state === "record_signed" && record.holds_until;
  return Boolean(ends) && new Date(String(ends)).getTime() - Date.now() < SOON;
}

function Breaches() {
  const say = useWords(words);
  const format = useFormat();
  const asked = useQuery({
    queryKey: ["breaches", "card"],
    queryFn: () => ask(api.GET("/v1/breaches", { params: { query: most } })),
  });
  const open = (asked.data?.items ?? []).filter((each) => each.state !== "breach_was_closed");
  const late = open.filter((each) => each.state === "breach_late").length;
  const due = open
    .filter((each) => each.state === "breach_counting")
    .map((each) => each.due_at)
    .sort()[0];
  return (
    <Card
      to="/desk/breaches"
      icon="warning"
      name={say("breaches")}
      count={counted(asked, open.length)}
      late={late ? say("late", { count: late }) : undefined}
      hint={due && say("breaches_hint", { moment: format.moment(due) })}
    />
  );
}

function Seconds() {
  const say = useWords(words);
  const asked = useProposals();
  const items = asked.data?.items ?? [];
  const ours = items.filter((each) => each.answers.includes("approve")).length;
  return (
    <Card
      to="/desk/proposals"
      icon="check"
      name={say("proposals")}
      count={counted(asked, items.length)}
      more={Boolean(asked.data?.cursor)}
      hint={items.length ? say("proposals_hint", { count: ours }) : undefined}
    />
  );
}
