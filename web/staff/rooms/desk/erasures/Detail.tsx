// One erasure, from looking everything up to the certificate.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { api, ask, type Schema } from "../../../lib/api";
import { useFormat } from "../../../lib/format";
import { useWords } from "../../../lib/words";
import { Button, LinkButton } from "../../../parts/Button";
import { useConfirm } from "../../../parts/Confirm";
import { Dialog } from "../../../parts/Dialog";
import { Form, TextField } from "../../../parts/Fields";
import { Facts, Section } from "../../../parts/Page";
import { Notice, Shown } from "../../../parts/States";
import { Table } from "../../../parts/Table";
import { Problem } from "../../../parts/Problem";
import { label, useDeed, Who } from "../deeds";
import { DeskPage } from "../DeskPage";
import desk from "../desk.module.css";
import { words as common } from "../words";
import { one, readErasure, type Erasure } from "./asking";
import { Certificate } from "./Certificate";
import { State, Subject } from "./List";
import { PlannedPictures, PlannedTexts, Proof } from "./Plan";
import { words } from "./words";

type Step = "collect" | "plan" | "confirm" | "erase" | "done";

/** How far an erasure is, as the number of steps that are behind it. */
const BEHIND: Readonly<Record<Schema["ErasureState"], number>> = {
  erasure_collecting: 0,
  erasure_planned: 1,
  erasure_confirmed: 3,
  erasure_under_way: 3,
  erasure_done: 5,
  erasure_cancelled: 0,
};
const STEPS: readonly Step[] = ["collect", "plan", "confirm", "erase", "done"];
const SOON = 4_000; // milliseconds between two looks at what is under way

export function ErasureDetail({ id }: { id: string }) {
  const say = useWords(words);
  const shared = useWords(common);
  const found = useQuery({
    queryKey: ["erasures", "one", id],
    queryFn: () => readErasure(id),
    refetchInterval: ({ state }) => (moves(state.data?.state) ? SOON : false),
  });
  return (
    <DeskPage
      title={say("title")}
      actions={
        <LinkButton href="/desk/erasures" icon="back" kind="quiet">
          {shared("back")}
        </LinkButton>
      }
    >
      <Shown of={found}>{(erasure) => <Known erasure={erasure} />}</Shown>
    </DeskPage>
  );
}

function moves(state: Schema["ErasureState"] | undefined): boolean {
  return state !== undefined && !["erasure_planned", "erasure_done", "erasure_cancelled"].includes(state);
}

function Known({ erasure }: { erasure: Erasure }) {
  const say = useWords(words);
  const may = (operation: Schema["Operation"]) => erasure.affordances.includes(operation);
  return (
    <div className={desk.split}>
      <div className={desk.column}>
        {erasure.state === "erasure_collecting" && <Notice kind="none">{say("collecting")}</Notice>}
        {erasure.state === "erasure_cancelled" && <Notice kind="none">{say("cancelled")}</Notice>}
        {erasure.state === "erasure_done" && <Certificate id={erasure.erasure_id} />}
        {erasure.person_id && erasure.state !== "erasure_collecting" && (
          <PlannedPictures erasure={erasure} changeable={may("erasure:plan")} />
        )}
        {erasure.texts.length > 0 && (
          <PlannedTexts erasure={erasure} changeable={may("erasure:plan")} />
        )}
        {erasure.receipts.length > 0 && <Receipts erasure={erasure} />}
      </div>
      <div className={desk.column}>
        <Progress erasure={erasure} />
        {may("erasure:plan") && <Proof erasure={erasure} />}
        {(may("erasure:confirm") || may("erasure:cancel")) && <Deciding erasure={erasure} />}
        {erasure.found && erasure.receipts.length === 0 && <Found found={erasure.found} />}
      </div>
    </div>
  );
}

function Progress({ erasure }: { erasure: Erasure }) {
  const say = useWords(words);
  const format = useFormat();
  const behind = BEHIND[erasure.state];
  return (
    <Section title={say("steps")}>
      <div className={desk.row}>
        <State of={erasure} />
        <Subject of={erasure} />
      </div>
      {erasure.state !== "erasure_cancelled" && (
        <ol className={desk.steps}>
          {STEPS.map((step, index) => (
            <li
              key={step}
              data-done={index < behind ? "" : undefined}
              aria-current={index === behind ? "step" : undefined}
            >
              <span>{say(`step_${step}`)}</span>
            </li>
          ))}
        </ol>
      )}
      <Facts
        facts={[
          [say("why"), label(erasure.reason_words)],
          [say("begun"), format.moment(erasure.begun_at)],
          [say("by"), <Who key="by" id={erasure.begun_by} />],
          ...(erasure.confirmed_at
            ? [[say("confirm"), format.moment(erasure.confirmed_at)] as const]
            : []),
          ...(erasure.ended_at ? [[say("step_done"), format.moment(erasure.ended_at)] as const] : []),
        ]}
      />
    </Section>
  );
}

function Found({ found }: { found: Readonly<Record<string, number>> }) {
  const say = useWords(words);
  const format = useFormat();
  const places = Object.entries(found).filter(([, count]) => count > 0);
  return (
    <Section title={say("found")}>
      {places.length ? (
        <Table
          label={say("found")}
          rows={places}
          keyOf={([place]) => place}
          columns={[
            { name: say("place"), show: ([place]) => place },
            { name: say("was"), show: ([, count]) => format.number(count) },
          ]}
        />
      ) : (
        <p className={desk.soft}>{say("found_none")}</p>
      )}
    </Section>
  );
}

function Receipts({ erasure }: { erasure: Erasure }) {
  const say = useWords(words);
  const format = useFormat();
  return (
    <Section title={say("receipts")}>
      <Table
        label={say("receipts")}
        rows={erasure.receipts}
        keyOf={(receipt) => `${receipt.store} ${receipt.what} ${receipt.why}`}
        columns={[
          { name: say("place"), show: (receipt) => label(receipt.store_words) },
          { name: say("item"), show: (receipt) => receipt.what },
          { name: say("was"), show: (receipt) => format.number(receipt.found) },
          { name: say("removed"), show: (receipt) => format.number(receipt.removed) },
          { name: say("remains"), show: (receipt) => format.number(receipt.remains) },
          { name: say("because"), show: (receipt) => label(receipt.why_words) },
        ]}
      />
    </Section>
  );
}

function Deciding({ erasure }: { erasure: Erasure }) {
  const say = useWords(words);
  const confirm = useConfirm();
  const [asking, setAsking] = useState(false);
  const stop = useDeed({
    run: () => ask(api.DELETE("/v1/erasures/{erasure_id}", one(erasure.erasure_id))),
    touches: ["erasures"],
    said: say("stopped"),
  });
  const cancel = async () => {
    const asked = { title: say("stop_title"), text: say("stop_text"), act: say("stop") };
    if (await confirm(asked)) stop.act(undefined);
  };
  return (
    <Section title={say("confirm")}>
      <p className={desk.soft}>{say("confirm_text")}</p>
      <div className={desk.row}>
        {erasure.affordances.includes("erasure:confirm") && (
          <Button kind="danger" icon="trash" onPress={() => setAsking(true)}>
            {say("confirm_button")}
          </Button>
        )}
        {erasure.affordances.includes("erasure:cancel") && (
          <Button isDisabled={stop.busy} onPress={() => void cancel()}>
            {say("stop")}
          </Button>
        )}
      </div>
      <Problem error={stop.problem} />
      {asking && <Typed erasure={erasure} close={() => setAsking(false)} />}
    </Section>
  );
}

/** What cannot be undone is written out by hand first. */
export function Typed({ erasure, close }: { erasure: Erasure; close: () => void }) {
  const say = useWords(words);
  const shared = useWords(common);
  const [typed, setTyped] = useState("");
  const deed = useDeed({
    run: () => ask(api.POST("/v1/erasures/{erasure_id}/confirmation", one(erasure.erasure_id))),
    said: say("confirmed"),
    done: close,
  });
  const ready = typed.trim().toUpperCase() === say("word") && !deed.busy;
  const send = () => {
    if (ready) deed.act(undefined);
  };
  const counted = (outcome: Schema["PictureOutcome"]) =>
    say("n_pictures", { count: erasure.pictures.filter((each) => each.outcome === outcome).length });
  // Of a long list only the first page is here: then it is not counted at all.
  const whole = erasure.person_id !== null && erasure.cursor === null && erasure.pictures.length > 0;
  return (
    <Dialog
      title={say("confirm_title")}
      open
      firm
      close={close}
      actions={
        <>
          <Button onPress={close}>{shared("cancel")}</Button>
          <Button kind="danger" isDisabled={!ready} onPress={send}>
            {say("go")}
          </Button>
        </>
      }
    >
      {whole && (
        <p>
          <b>
            {say("confirm_counts", {
              deleted: counted("erasure_delete"),
              masked: counted("erasure_mask"),
            })}
          </b>
        </p>
      )}
      <p>{say(erasure.person_id ? "confirm_text" : "confirm_picture")}</p>
      <Form send={send}>
        <TextField label={say("type", { word: say("word") })} value={typed} change={setTyped} />
      </Form>
      <Problem error={deed.problem} />
    </Dialog>
  );
}
