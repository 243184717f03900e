// How far recognition goes, what carries that, and switching it.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { api, ask, type Schema } from "../../../lib/api";
import { useFormat } from "../../../lib/format";
import { useMay } from "../../../lib/me";
import { useWords } from "../../../lib/words";
import { Badge } from "../../../parts/Badge";
import { Button } from "../../../parts/Button";
import { useConfirm } from "../../../parts/Confirm";
import { Select } from "../../../parts/Fields";
import { Facts, Section } from "../../../parts/Page";
import { Problem } from "../../../parts/Problem";
import { Notice, Shown } from "../../../parts/States";
import { Id, read, useDeed, Who, type Read } from "../deeds";
import { DeskPage } from "../DeskPage";
import desk from "../desk.module.css";
import { words } from "./words";

type View = Schema["RecognitionView"];
type Mode = Schema["RecognitionMode"];

/** From least to most. */
const MODES = ["off", "detect", "closed_session", "enrolled"] as const satisfies readonly Mode[];
/** As the API describes `assessment_id`: needed for every mode beyond detecting. */
const CARRIED: ReadonlySet<Mode> = new Set(["closed_session", "enrolled"]);

export function Recognition() {
  const say = useWords(words);
  const found = useQuery({
    queryKey: ["recognition"],
    queryFn: () => read(api.GET("/v1/recognition")),
  });
  return (
    <DeskPage title={say("title")} lead={say("lead")}>
      <Shown of={found} rows={4}>
        {(known) => <Known known={known} />}
      </Shown>
    </DeskPage>
  );
}

function Known({ known: { data, revision } }: { known: Read<View> }) {
  const say = useWords(words);
  const format = useFormat();
  const may = useMay();
  const confirm = useConfirm();
  const { assessment } = data;
  const mayAssess = may("governance:list");
  const signed = useQuery({
    queryKey: ["governance", "dpia"],
    queryFn: () =>
      ask(api.GET("/v1/governance", { params: { query: { kind: "dpia", limit: 100 } } })),
    enabled: mayAssess,
  });
  const holding = signed.data?.items.filter(({ state }) => state === "record_signed") ?? [];
  const [picked, setPicked] = useState<string | null>(null);
  const carrying = picked ?? assessment?.assessment_id ?? holding[0]?.record_id ?? null;
  const change = useDeed({
    run: (mode: Mode) =>
      ask(
        api.PUT("/v1/recognition", {
          params: { header: { "If-Match": revision } },
          body: { mode, assessment_id: CARRIED.has(mode) ? carrying : null },
        }),
      ),
    touches: ["recognition"],
    said: say("done"),
  });
  const choose = async (mode: Mode) => {
    const yes = await confirm({
      title: say("ask_title", { mode: say(mode) }),
      text: say(`${mode}_text`),
      act: say("choose"),
      danger: CARRIED.has(mode),
    });
    if (yes) change.act(mode);
  };
  return (
    <>
      <Problem error={change.problem} />
      {data.mode !== data.recorded_mode && (
        <Notice kind="wait">
          {say("lapsed", { mode: say(data.recorded_mode), now: say(data.mode) })}
        </Notice>
      )}
      <Section title={say("now")}>
        <Facts
          facts={[
            [say("now"), say(data.mode)],
            [
              say("switched"),
              data.switched_at ? (
                <span key="switched">
                  {format.moment(data.switched_at)} · <Who id={data.switched_by} />
                </span>
              ) : (
                "–"
              ),
            ],
            [
              say("carried"),
              assessment ? (
                <span key="carried">
                  <Id of={assessment.assessment_id} />{" "}
                  {say("until", { day: format.day(assessment.last_day) })}
                </span>
              ) : (
                say("nothing_carries")
              ),
            ],
          ]}
        />
      </Section>
      <Section title={say("modes")}>
        {holding.length > 0 && (
          <div className={desk.tools}>
            <Select
              label={say("assessment")}
              value={carrying ?? ""}
              change={setPicked}
              options={holding.map(({ record_id, title, last_day }) => ({
                value: record_id,
                words: last_day
                  ? `${title} · ${say("until", { day: format.day(last_day) })}`
                  : title,
              }))}
            />
          </div>
        )}
        {signed.data && holding.length === 0 && (
          <Notice kind="none">{say("none_signed")}</Notice>
        )}
        <ul className={desk.column}>
          {MODES.map((mode) => (
            <li key={mode} className={desk.prose} aria-current={mode === data.mode || undefined}>
              <span className={desk.row}>
                <strong>{say(mode)}</strong>
                {mode === data.mode && <Badge tone="yes">{say("here")}</Badge>}
                {CARRIED.has(mode) && <Badge tone="none">{say("needs")}</Badge>}
                {data.takes_two.includes(mode) && <Badge tone="wait">{say("takes_two")}</Badge>}
              </span>
              <p className={desk.soft}>{say(`${mode}_text`)}</p>
              {mode !== data.recorded_mode && data.affordances.includes("recognition:switch") && (
                <div>
                  <Button
                    aria-label={say("choose_name", { mode: say(mode) })}
                    isDisabled={change.busy || (CARRIED.has(mode) && carrying === null)}
                    onPress={() => void choose(mode)}
                  >
                    {say("choose")}
                  </Button>
                </div>
              )}
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}
