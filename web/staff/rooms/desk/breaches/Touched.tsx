// Whom a breach touches, one by one: asked for on request, as each look is on record.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";

import { api, ask } from "../../../lib/api";
import { useWords } from "../../../lib/words";
import { Button } from "../../../parts/Button";
import { Shown } from "../../../parts/States";
import { Id, Person } from "../deeds";
import desk from "../desk.module.css";
import { words } from "./words";

type What = "people" | "pictures";

export function Touched({ id }: { id: string }) {
  const say = useWords(words);
  const [what, setWhat] = useState<What | null>(null);
  return (
    <>
      <p className={desk.soft}>{say("on_record")}</p>
      <div className={desk.row}>
        {(["people", "pictures"] as const).map((each) => (
          <Button key={each} icon="eye" onPress={() => setWhat(each)}>
            {say(`show_${each}`)}
          </Button>
        ))}
      </div>
      {what && <Listed key={what} id={id} what={what} />}
    </>
  );
}

function Listed({ id, what }: { id: string; what: What }) {
  const say = useWords(words);
  const [page, setPage] = useState(0);
  const found = useQuery({
    queryKey: ["breach-touched", id, what, page],
    queryFn: () =>
      ask(
        api.GET("/v1/breaches/{breach_id}/touched", {
          params: { path: { breach_id: id }, query: { what, page } },
        }),
      ),
    // Each look is on record: none without being asked for.
    staleTime: Infinity,
  });
  return (
    <Shown of={found}>
      {({ items, more }) => (
        <>
          {items.length === 0 && <p>{say("nobody")}</p>}
          <ul className={desk.bullets} aria-label={say(what)}>
            {items.map((each) => (
              <li key={each}>
                {what === "people" ? (
                  <Person id={each} />
                ) : (
                  <Link href={`/pictures/${each}`}>
                    <Id of={each} />
                  </Link>
                )}
              </li>
            ))}
          </ul>
          <div className={desk.row}>
            {page > 0 && <Button onPress={() => setPage(page - 1)}>{say("page_before")}</Button>}
            {more && <Button onPress={() => setPage(page + 1)}>{say("page_after")}</Button>}
          </div>
        </>
      )}
    </Shown>
  );
}
