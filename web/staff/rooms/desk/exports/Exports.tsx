// People's copies of what is on record: how far each is, and whether it was fetched.

import { Link } from "wouter";

import { api, ask } from "../../../lib/api";
import { useFormat } from "../../../lib/format";
import { useWords } from "../../../lib/words";
import { Badge } from "../../../parts/Badge";
import { Button } from "../../../parts/Button";
import { Problem } from "../../../parts/Problem";
import { Empty, Shown } from "../../../parts/States";
import { Table } from "../../../parts/Table";
import { label, More, Person, useDeed, usePages } from "../deeds";
import { DeskPage } from "../DeskPage";
import desk from "../desk.module.css";
import { words as common } from "../words";
import { words } from "./words";

export function Exports() {
  const say = useWords(words);
  const shared = useWords(common);
  const format = useFormat();
  const found = usePages(["exports"], (cursor) =>
    ask(api.GET("/v1/exports", { params: { query: cursor ? { cursor } : {} } })),
  );
  const again = useDeed({
    run: (export_id: string) =>
      ask(api.POST("/v1/exports/{export_id}/mail", { params: { path: { export_id } } })),
    touches: ["exports"],
    said: say("again_done"),
  });
  return (
    <DeskPage title={say("title")} lead={say("lead")}>
      <Problem error={again.problem} />
      <Shown of={found}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (!items.length) {
            return <Empty icon="check" title={say("none")} text={say("none_text")} />;
          }
          return (
            <Table
              label={say("list")}
              rows={items}
              keyOf={({ export_id }) => export_id}
              columns={[
                {
                  name: shared("person"),
                  show: ({ person_id, subject_request_id }) => (
                    <span className={desk.row}>
                      <Person id={person_id} />
                      <Link href={`/desk/requests/${subject_request_id}`}>{say("request")}</Link>
                    </span>
                  ),
                },
                {
                  name: shared("state"),
                  show: ({ state_words }) => <Badge tone="none">{label(state_words)}</Badge>,
                },
                { name: say("begun"), show: ({ begun_at }) => format.moment(begun_at) },
                {
                  name: say("size"),
                  show: ({ size, pictures, left_out }) =>
                    size === null
                      ? "–"
                      : [
                          format.size(size),
                          say("pictures", { count: pictures ?? 0 }),
                          ...(left_out ? [say("left_out", { count: left_out })] : []),
                        ].join(" · "),
                },
                {
                  name: say("fetch_until"),
                  show: ({ ends_at }) => (ends_at ? format.moment(ends_at) : "–"),
                },
                {
                  name: say("fetched"),
                  show: ({ fetched }) => say("times", { count: fetched }),
                },
                {
                  name: say("mail"),
                  show: ({ mail_words }) => (mail_words ? label(mail_words) : "–"),
                },
                {
                  name: say("deeds"),
                  show: ({ affordances, export_id }) =>
                    affordances.includes("export:tell") && (
                      <Button
                        icon="mail"
                        isDisabled={again.busy}
                        onPress={() => again.act(export_id)}
                      >
                        {say("again")}
                      </Button>
                    ),
                },
              ]}
            />
          );
        }}
      </Shown>
      <More of={found} />
    </DeskPage>
  );
}
