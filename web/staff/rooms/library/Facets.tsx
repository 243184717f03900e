// What results are counted by, each value in words; pressing one narrows to it.

import { useQueries, useQuery } from "@tanstack/react-query";
import { memo } from "react";

import { api, ask, type Schema } from "../../lib/api";
import { useFormat } from "../../lib/format";
import { useMay, useMe } from "../../lib/me";
import { bare, useTold, useWords } from "../../lib/words";
import { Button } from "../../parts/Button";
import { useNames as useShortNames, type Channel, type Verdict } from "../../parts/channels";
import { Checkbox } from "../../parts/Fields";
import { words as parts } from "../../parts/words";
import css from "./Library.module.css";
import { chosenOf, isNarrowed, narrowed, type Asked } from "./search";
import { words } from "./words";

type View = Schema["FacetView"];

const KEPT = 120_000; // milliseconds for which a name counts as known

interface Props {
  readonly facets: readonly View[];
  readonly asked: Asked;
  readonly change: (asked: Asked) => void;
}

export const Facets = memo(function Facets({ facets, asked, change }: Props) {
  const say = useWords(words);
  const name = useNames(facets);
  const { q, order } = asked;
  const bare: Asked = { ...(q ? { q } : {}), ...(order ? { order } : {}) };
  return (
    <div className={css.facets}>
      <div className={css.facetsHead}>
        <h2>{say("filters")}</h2>
        {isNarrowed(asked) && (
          <Button kind="quiet" onPress={() => change(bare)}>
            {say("clear")}
          </Button>
        )}
      </div>
      {facets.map(({ facet, words: title, values }) => {
        const chosen = chosenOf(asked, facet);
        const missing = chosen
          .filter((value) => !values.some((each) => each.value === value))
          .map((value) => ({ value, count: 0 }));
        const all = [...values, ...missing];
        return (
          all.length > 0 && (
            <fieldset key={facet} className={css.facet}>
              <legend>{title}</legend>
              {all.map(({ value, count }) => (
                <div key={value} className={css.value}>
                  <Checkbox
                    checked={chosen.includes(value)}
                    change={() => change(narrowed(asked, facet, value))}
                  >
                    {name(facet, value)}
                  </Checkbox>
                  <Count count={count} />
                </div>
              ))}
            </fieldset>
          )
        );
      })}
    </div>
  );
});

function Count({ count }: { count: number }) {
  const format = useFormat();
  return <span className={css.count}>{format.number(count)}</span>;
}

/** How a value is called: ids by the name of what they stand for. */
function useNames(facets: readonly View[]): (facet: Schema["Facet"], value: string) => string {
  const say = useWords(words);
  const names = useShortNames();
  const status = useWords(parts);
  const told = useTold();
  const format = useFormat();
  const may = useMay();
  const me = useMe();
  const sessions = useQuery({
    queryKey: ["sessions", "names"],
    queryFn: () => ask(api.GET("/v1/sessions", { params: { query: { limit: 100 } } })),
    enabled: may("session:list"),
    staleTime: KEPT,
  });
  const collections = useQuery({
    queryKey: ["collections", "names"],
    queryFn: () => ask(api.GET("/v1/collections", { params: { query: { limit: 100 } } })),
    enabled: may("collection:list"),
    staleTime: KEPT,
  });
  const shown = facets.find(({ facet }) => facet === "facet_person")?.values ?? [];
  const people = useQueries({
    queries: shown.map(({ value }) => ({
      queryKey: ["people", value],
      queryFn: () =>
        ask(api.GET("/v1/people/{person_id}", { params: { path: { person_id: value } } })),
      enabled: may("person:read"),
      staleTime: KEPT,
    })),
  });
  const channelOf = (value: string) => {
    const [channel, verdict] = value.split(":");
    return `${names.channel(channel as Channel)}: ${names.verdict(verdict as Verdict)}`;
  };
  return (facet, value) => {
    switch (facet) {
      case "facet_month":
        return format.month(value);
      case "facet_person":
        return people[shown.findIndex((each) => each.value === value)]?.data?.name ?? "…";
      case "facet_session":
        return (
          sessions.data?.items.find((each) => each.session_id === value)?.title ?? say("unknown")
        );
      case "facet_collection":
        return (
          collections.data?.items.find((each) => each.collection_id === value)?.title ??
          say("unknown")
        );
      case "facet_channel":
        return channelOf(value);
      case "facet_status":
        return status(`status_${value as Schema["AssetStatus"]}`);
      case "facet_type":
        return (value.split("/")[1] ?? value).toUpperCase();
      case "facet_uploader":
        return say(value === me?.user_id ? "you" : "somebody");
      case "facet_ends_within":
        return say("ends_within", { days: Number.parseInt(value, 10) });
      default:
        return bare(told(value));
    }
  };
}
