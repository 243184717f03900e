// Every collection that somebody may see.

import { useState } from "react";
import { Link } from "wouter";

import { api, ask } from "../../lib/api";
import { useMay } from "../../lib/me";
import { usePages } from "../../lib/pages";
import { useWords } from "../../lib/words";
import { Badge } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { Page } from "../../parts/Page";
import { Empty, Shown } from "../../parts/States";
import { Table } from "../../parts/Table";
import { Written } from "./Written";
import { words } from "./words";

export function List() {
  const say = useWords(words);
  const may = useMay();
  const [making, setMaking] = useState(false);
  const collections = usePages(["collections", "list"], (cursor) =>
    ask(api.GET("/v1/collections", { params: { query: cursor ? { cursor } : {} } })),
  );
  const make = may("collection:create") && (
    <Button kind="main" icon="plus" onPress={() => setMaking(true)}>
      {say("make")}
    </Button>
  );
  return (
    <Page title={say("title")} lead={say("lead")} actions={make}>
      <Shown of={collections.of}>
        {(items) =>
          items.length ? (
            <>
              <Table
                label={say("list")}
                rows={items}
                keyOf={({ collection_id }) => collection_id}
                columns={[
                  {
                    name: say("name"),
                    show: ({ collection_id, title }) => (
                      <Link href={`/collections/${collection_id}`}>{title}</Link>
                    ),
                  },
                  {
                    name: say("within"),
                    show: ({ parent_id }) =>
                      items.find((each) => each.collection_id === parent_id)?.title,
                  },
                  {
                    name: say("open_to"),
                    show: ({ restricted, members }) =>
                      restricted ? (
                        <Badge tone="wait" icon="lock">
                          {members
                            ? say("members", { count: members.length })
                            : say("restricted")}
                        </Badge>
                      ) : (
                        say("everybody")
                      ),
                  },
                ]}
              />
              {collections.more && (
                <Button onPress={collections.more} isDisabled={collections.loading}>
                  {say("more")}
                </Button>
              )}
            </>
          ) : (
            <Empty icon="collection" title={say("empty")} text={say("empty_text")} />
          )
        }
      </Shown>
      {making && <Written close={() => setMaking(false)} />}
    </Page>
  );
}
