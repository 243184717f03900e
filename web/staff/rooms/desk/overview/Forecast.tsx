// What goes dark in the months to come: a chart, the same as a table, and the pictures.

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Link } from "wouter";

import { api, ask, type Schema } from "../../../lib/api";
import { useFormat } from "../../../lib/format";
import { useMay } from "../../../lib/me";
import { useWords } from "../../../lib/words";
import { Button } from "../../../parts/Button";
import { Select } from "../../../parts/Fields";
import { Section } from "../../../parts/Page";
import { Rendition } from "../../../parts/Rendition";
import { Empty, Loading, Shown } from "../../../parts/States";
import { Table } from "../../../parts/Table";
import { More, usePages } from "../deeds";
import desk from "../desk.module.css";
import { Chart, Legend } from "./Chart";
import css from "./Chart.module.css";
import { CHANNELS, monthsOf, type Channel, type Month } from "./months";
import { words } from "./words";

const MONTHS = 12;

/** All of the forecast: a large library answers in pieces, which are added up. */
async function forecast(): Promise<Schema["ForecastView"]> {
  const first = await ask(api.GET("/v1/forecast", { params: { query: { months: MONTHS } } }));
  let { items, cursor } = first;
  while (cursor) {
    const query = { months: MONTHS, cursor };
    const next = await ask(api.GET("/v1/forecast", { params: { query } }));
    items = [...items, ...next.items];
    cursor = next.cursor;
  }
  return { ...first, items, cursor: null };
}

export function Forecast() {
  const say = useWords(words);
  const found = useQuery({ queryKey: ["forecast"], queryFn: forecast, staleTime: 60_000 });
  return (
    <Section title={say("forecast")}>
      <Shown of={found} rows={5}>
        {(data) => <Counted data={data} />}
      </Shown>
    </Section>
  );
}

function Counted({ data }: { data: Schema["ForecastView"] }) {
  const say = useWords(words);
  const format = useFormat();
  const [where, setWhere] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const [table, setTable] = useState(false);
  const names = useCollections();
  const ids = [...new Set(data.items.flatMap((line) => line.collection_id ?? []))];
  const months = monthsOf(data.items, data.counted_at, data.until, where || null);
  const month = months.find((each) => each.first === chosen);
  return (
    <>
      <div className={css.head}>
        <p className={desk.soft}>
          {say("forecast_lead", { moment: format.moment(data.counted_at) })}
        </p>
        <div className={desk.tools}>
          {ids.length > 0 && (
            <Select
              label={say("where")}
              value={where}
              change={setWhere}
              options={[
                { value: "", words: say("everywhere") },
                ...ids.map((id) => ({ value: id, words: names.get(id) ?? id.slice(0, 8) })),
              ]}
            />
          )}
          <Button onPress={() => setTable(!table)}>{say(table ? "as_chart" : "as_table")}</Button>
        </div>
      </div>
      {months.every((each) => !each.total) ? (
        <Empty icon="check" title={say("nothing_dark")} text={say("nothing_dark_text")} />
      ) : table ? (
        <AsTable months={months} choose={setChosen} />
      ) : (
        <>
          <Legend months={months} />
          <div className={css.wrap}>
            <Chart months={months} chosen={chosen} choose={setChosen} />
          </div>
          {!month && <p className={`${desk.soft} ${desk.small}`}>{say("choose_month")}</p>}
        </>
      )}
      {month && (
        <Dark key={month.first + where} month={month} where={where} close={() => setChosen(null)} />
      )}
    </>
  );
}

function useCollections(): ReadonlyMap<string, string> {
  const may = useMay();
  const { data } = useQuery({
    queryKey: ["collections", "titles"],
    queryFn: () => ask(api.GET("/v1/collections", { params: { query: { limit: 100 } } })),
    enabled: may("collection:list"),
  });
  return new Map(data?.items.map((each) => [each.collection_id, each.title]));
}

function AsTable({ months, choose }: { months: readonly Month[]; choose: (first: string) => void }) {
  const say = useWords(words);
  const format = useFormat();
  const shown = CHANNELS.filter((channel) => months.some((each) => each.per[channel]));
  return (
    <Table
      label={say("chart")}
      rows={months}
      keyOf={(month) => month.first}
      columns={[
        {
          name: say("month"),
          show: (month) => (
            <button type="button" className={css.number} onClick={() => choose(month.first)}>
              {format.month(month.first.slice(0, 7))}
            </button>
          ),
        },
        ...shown.map((channel) => ({
          name: say(channel),
          show: (month: Month) => format.number(month.per[channel] ?? 0),
        })),
        { name: say("total"), show: (month) => <b>{format.number(month.total)}</b> },
      ]}
    />
  );
}

interface DarkProps {
  readonly month: Month;
  readonly where: string;
  readonly close: () => void;
}

function Dark({ month, where, close }: DarkProps) {
  const say = useWords(words);
  const format = useFormat();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    heading.current?.scrollIntoView({ block: "nearest" });
  }, []);
  const title = say("pictures_of", { month: format.month(month.first.slice(0, 7)) });
  return (
    <div className={css.dark}>
      <div className={css.head}>
        <h3 ref={heading} tabIndex={-1}>
          {title}
        </h3>
        <Button kind="quiet" onPress={close}>
          {say("close_month")}
        </Button>
      </div>
      {CHANNELS.filter((channel) => month.per[channel]).map((channel) => (
        <DarkIn key={channel} month={month} channel={channel} where={where} />
      ))}
      {month.total === 0 && <p>{say("no_dark")}</p>}
    </div>
  );
}

interface InProps {
  readonly month: Month;
  readonly channel: Channel;
  readonly where: string;
}

function DarkIn({ month, channel, where }: InProps) {
  const say = useWords(words);
  const format = useFormat();
  const found = usePages(["forecast", month.first, channel, where], (cursor) =>
    ask(
      api.GET("/v1/forecast/pictures", {
        params: {
          query: {
            month: month.first,
            channel,
            limit: 24,
            ...(where ? { collection_id: where } : {}),
            ...(cursor ? { cursor } : {}),
          },
        },
      }),
    ),
  );
  const pictures = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-label={say(channel)}>
      <h4>
        {say(channel)} <span className={desk.soft}>{format.number(month.per[channel] ?? 0)}</span>
      </h4>
      {found.isPending ? (
        <Loading rows={1} />
      ) : pictures.length === 0 ? (
        <p className={desk.soft}>{say("none_now")}</p>
      ) : (
        <ul className={desk.pictures}>
          {pictures.map(({ asset_id, at }) => (
            <li key={asset_id}>
              <Link href={`/pictures/${asset_id}`}>
                <span className={desk.thumb}>
                  <Rendition assetId={asset_id} name="thumb" alt={say("picture", { day: format.day(at) })} />
                </span>
                {say("goes_on", { day: format.day(at) })}
              </Link>
            </li>
          ))}
        </ul>
      )}
      <More of={found} />
    </section>
  );
}
