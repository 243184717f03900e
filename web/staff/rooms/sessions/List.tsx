// Every session, the latest day first.

import { useState } from "react";
import { Link } from "wouter";

import { api, ask } from "../../lib/api";
import { useFormat } from "../../lib/format";
import { useMay } from "../../lib/me";
import { usePages } from "../../lib/pages";
import { useWords } from "../../lib/words";
import { Button } from "../../parts/Button";
import { Page } from "../../parts/Page";
import { Empty, Shown } from "../../parts/States";
import { Table } from "../../parts/Table";
import { words } from "./words";
import { Written } from "./Written";

export function List() {
  const say = useWords(words);
  const format = useFormat();
  const may = useMay();
  const [making, setMaking] = useState(false);
  const sessions = usePages(["sessions", "list"], (cursor) =>
    ask(api.GET("/v1/sessions", { params: { query: cursor ? { cursor } : {} } })),
  );
  const make = may("session:create") && (
    <Button kind="main" icon="plus" onPress={() => setMaking(true)}>
      {say("make")}
    </Button>
  );
  return (
    <Page title={say("title")} lead={say("lead")} actions={make}>
      <Shown of={sessions.of}>
        {(items) =>
          items.length ? (
            <>
              <Table
                label={say("list")}
                rows={items}
                keyOf={({ session_id }) => session_id}
                columns={[
                  {
                    name: say("name"),
                    show: ({ session_id, title }) => (
                      <Link href={`/sessions/${session_id}`}>{title}</Link>
                    ),
                  },
                  { name: say("on"), show: ({ on }) => format.day(on) },
                  { name: say("place"), show: ({ place }) => place },
                  { name: say("photographer"), show: ({ photographer }) => photographer },
                  {
                    name: say("signed"),
                    show: ({ signed, head_count }) =>
                      head_count === null
                        ? format.number(signed)
                        : say("signed_of", { count: signed, heads: head_count }),
                  },
                ]}
              />
              {sessions.more && (
                <Button onPress={sessions.more} isDisabled={sessions.loading}>
                  {say("more")}
                </Button>
              )}
            </>
          ) : (
            <Empty icon="session" title={say("empty")} text={say("empty_text")} />
          )
        }
      </Shown>
      {making && <Written close={() => setMaking(false)} />}
    </Page>
  );
}
