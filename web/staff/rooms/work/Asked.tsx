// Who was asked and has not answered, and whose consent ends: each one click from asking.

import { useQueries, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useLocation } from "wouter";

import { api, ask } from "../../lib/api";
import { useFormat } from "../../lib/format";
import { useMay } from "../../lib/me";
import { useWords } from "../../lib/words";
import { Button } from "../../parts/Button";
import { Select } from "../../parts/Fields";
import { Empty, Loading, Shown } from "../../parts/States";
import { Table } from "../../parts/Table";
import { AskDeeds } from "../people/Asks";
import { choose } from "../people/chosen";
import { useNames } from "../people/data";
import { endingPeople } from "./ending";
import { words } from "./words";
import css from "./work.module.css";

export const useAsked = () => {
  const may = useMay();
  return useQuery({
    queryKey: ["consent-requests", "asked"],
    queryFn: () =>
      ask(
        api.GET("/v1/consent-requests", {
          params: { query: { state: "asked", limit: 100 } },
        }),
      ),
    enabled: may("consent_request:list"),
  });
};

export function Asked() {
  const say = useWords(words);
  const format = useFormat();
  const nameOf = useNames();
  const asked = useAsked();
  return (
    <Shown of={asked}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty icon="check" title={say("asked_none")} />
        ) : (
          <Table
            label={say("asked")}
            rows={items}
            keyOf={(each) => each.request_id}
            columns={[
              {
                name: say("person"),
                show: ({ person_id }) => (
                  <Link href={`/people/${person_id}`}>
                    {nameOf(person_id) ?? say("someone")}
                  </Link>
                ),
              },
              { name: say("asked_on"), show: (each) => format.day(each.asked_at) },
              { name: say("answer_by"), show: (each) => format.fromNow(each.ends_at) },
              { name: say("deeds"), show: (each) => <AskDeeds request={each} /> },
            ]}
          />
        )
      }
    </Shown>
  );
}

const LOOKED_AT = 30; // pictures: each is asked for whole, to learn whose consent it is

export function Ending() {
  const say = useWords(words);
  const format = useFormat();
  const may = useMay();
  const nameOf = useNames();
  const [, go] = useLocation();
  const [days, setDays] = useState(30);
  const [now] = useState(Date.now);
  const pictures = useQuery({
    queryKey: ["work", "ending", days],
    queryFn: () =>
      ask(
        api.GET("/v1/search", {
          params: { query: { ends_within: String(days), limit: LOOKED_AT } },
        }),
      ),
  });
  const assets = useQueries({
    queries: (pictures.data?.items ?? []).map(({ asset_id }) => ({
      queryKey: ["assets", asset_id],
      queryFn: () =>
        ask(api.GET("/v1/assets/{asset_id}", { params: { path: { asset_id } } })),
    })),
  });
  const people = endingPeople(
    assets.flatMap(({ data }) => data ?? []),
    new Date(now + days * 86_400_000),
  );
  const askAgain = (ids: readonly string[]) => {
    choose(ids);
    go("/people/ask");
  };
  const asks = may("consent_request:create");
  return (
    <>
      <p className={css.soft}>{say("ending_lead")}</p>
      <div className={css.row}>
        <div className={css.narrow}>
          <Select
            label={say("within")}
            value={String(days)}
            change={(value) => setDays(Number(value))}
            options={[30, 90].map((count) => ({
              value: String(count),
              words: say("days", { count }),
            }))}
          />
        </div>
      </div>
      <Shown of={pictures}>
        {({ items }) => {
          if (assets.some((each) => each.isPending)) return <Loading />;
          if (people.length === 0) {
            return <Empty icon="check" title={say("ending_none")} />;
          }
          return (
            <>
              <div className={css.row}>
                {asks && (
                  <Button
                    kind="main"
                    icon="mail"
                    onPress={() => askAgain(people.map((each) => each.personId))}
                  >
                    {say("ask_all", { count: people.length })}
                  </Button>
                )}
                <span className={css.soft}>{say("counted", { count: items.length })}</span>
              </div>
              <Table
                label={say("ending")}
                rows={people}
                keyOf={(each) => each.personId}
                columns={[
                  {
                    name: say("person"),
                    show: ({ personId }) => (
                      <Link href={`/people/${personId}`}>
                        {nameOf(personId) ?? say("someone")}
                      </Link>
                    ),
                  },
                  { name: say("ends"), show: ({ until }) => format.day(until) },
                  {
                    name: say("pictures"),
                    show: ({ pictures: count }) => format.number(count),
                  },
                  {
                    name: say("deeds"),
                    show: ({ personId }) =>
                      asks && (
                        <Button kind="quiet" onPress={() => askAgain([personId])}>
                          {say("ask_again")}
                        </Button>
                      ),
                  },
                ]}
              />
            </>
          );
        }}
      </Shown>
    </>
  );
}
