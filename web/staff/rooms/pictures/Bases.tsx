// On what a use rests besides consent: recorded per channel, ended, never rewritten.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { api, ask, type Schema } from "../../lib/api";
import { useFormat } from "../../lib/format";
import { useMay } from "../../lib/me";
import { useTold, useWords } from "../../lib/words";
import { Badge } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { useConfirm } from "../../parts/Confirm";
import { Dialog } from "../../parts/Dialog";
import { Checkbox, Form, Select, TextField } from "../../parts/Fields";
import { Section } from "../../parts/Page";
import { Notice, Shown, useSentence } from "../../parts/States";
import { Table } from "../../parts/Table";
import { toast } from "../../parts/Toasts";
import { once, useDeed, type Asset, type Channel } from "./asset";
import css from "./pictures.module.css";
import { words } from "./words";

type List = Schema["BasisList"];
type Basis = Schema["BasisView"];
type Kind = Schema["LegalBasisKind"];

export function Bases({ asset }: { asset: Asset }) {
  const say = useWords(words);
  const [recording, setRecording] = useState(false);
  const asset_id = asset.asset_id;
  const found = useQuery({
    queryKey: ["bases", asset_id],
    queryFn: () =>
      ask(api.GET("/v1/assets/{asset_id}/bases", { params: { path: { asset_id } } })),
  });
  return (
    <Section
      title={say("bases")}
      actions={
        found.data?.affordances.includes("basis:record") && (
          <Button icon="plus" onPress={() => setRecording(true)}>
            {say("record_basis")}
          </Button>
        )
      }
    >
      <Shown of={found} rows={1}>
        {(list) => (
          <>
            {list.proposed && <Proposed list={list} asset={asset} />}
            <BasisTable list={list} asset={asset} />
            {recording && (
              <Record asset={asset} kinds={list.kinds} close={() => setRecording(false)} />
            )}
          </>
        )}
      </Shown>
    </Section>
  );
}

function BasisTable({ list, asset }: { list: List; asset: Asset }) {
  const say = useWords(words);
  const format = useFormat();
  const confirm = useConfirm();
  const end = useDeed(
    asset.asset_id,
    (basis: Basis) =>
      ask(
        api.DELETE("/v1/assets/{asset_id}/bases/{basis_id}", {
          params: { path: { asset_id: asset.asset_id, basis_id: basis.basis_id } },
        }),
      ),
    () => toast(say("basis_ended")),
  );
  const ask_first = async (basis: Basis) => {
    const yes = await confirm({
      title: say("end_basis_title"),
      text: say("end_basis_text"),
      act: say("end_basis"),
      danger: true,
    });
    if (yes) end.mutate(basis);
  };
  if (!list.items.length) return <p className={css.soft}>{say("no_bases")}</p>;
  return (
    <Table
      label={say("bases")}
      rows={list.items}
      keyOf={(row) => row.basis_id}
      columns={[
        { name: say("for_channel"), show: (row) => say(`channel_${row.channel}`) },
        { name: say("basis"), show: (row) => row.words },
        { name: say("reference"), show: (row) => row.reference },
        {
          name: say("holds"),
          show: (row) => (
            <Badge tone={row.in_force ? "yes" : "none"}>
              {row.in_force
                ? row.ends_at
                  ? say("until", { day: format.day(row.ends_at) })
                  : say("in_force")
                : say("not_in_force")}
            </Badge>
          ),
        },
        {
          name: "",
          show: (row) =>
            row.in_force &&
            list.affordances.includes("basis:end") && (
              <Button kind="quiet" onPress={() => void ask_first(row)}>
                {say("end_basis")}
              </Button>
            ),
        },
      ]}
    />
  );
}

/** What the session is meant to rest on: nothing, until somebody records it. */
function Proposed({ list, asset }: { list: List; asset: Asset }) {
  const say = useWords(words);
  const told = useTold();
  const { proposed } = list;
  const record = useRecording(asset, () => undefined);
  if (!proposed) return null;
  return (
    <Notice kind="wait">
      <p>
        {say("proposed", {
          kind: told(proposed.kind),
          channels: proposed.channels.map((each) => say(`channel_${each}`)).join(", "),
        })}
      </p>
      {list.affordances.includes("basis:record") && (
        <p className={css.buttons}>
          <Button
            isDisabled={record.isPending}
            onPress={() =>
              record.mutate({
                kind: proposed.kind,
                channels: proposed.channels,
                reference: proposed.reference,
                assessment_id: proposed.assessment_id ?? null,
                first_day: today(),
              })
            }
          >
            {say("record_proposed")}
          </Button>
        </p>
      )}
    </Notice>
  );
}

const today = () => new Date().toLocaleDateString("sv-SE");

const useRecording = (asset: Asset, close: () => void) => {
  const say = useWords(words);
  return useDeed(
    asset.asset_id,
    (body: Schema["BasisOrder"]) =>
      ask(
        api.POST("/v1/assets/{asset_id}/bases", {
          params: { path: { asset_id: asset.asset_id }, header: once() },
          body,
        }),
      ),
    () => {
      toast(say("basis_recorded"));
      close();
    },
  );
};

interface RecordProps {
  readonly asset: Asset;
  readonly kinds: readonly Kind[];
  readonly close: () => void;
}

function Record({ asset, kinds, close }: RecordProps) {
  const say = useWords(words);
  const told = useTold();
  const sentence = useSentence();
  const may = useMay();
  const [kind, setKind] = useState<Kind>(kinds[0] ?? "contract");
  const [channels, setChannels] = useState<readonly Channel[]>([]);
  const [reference, setReference] = useState("");
  const [first, setFirst] = useState(today());
  const [last, setLast] = useState("");
  const [assessment, setAssessment] = useState("");
  const assessments = useQuery({
    queryKey: ["governance", "interest_assessment"],
    queryFn: () =>
      ask(
        api.GET("/v1/governance", {
          params: { query: { kind: "interest_assessment", limit: 100 } },
        }),
      ),
    enabled: kind === "legitimate_interest" && may("governance:list"),
  });
  const record = useRecording(asset, close);
  const send = () =>
    record.mutate({
      kind,
      channels: [...channels],
      reference,
      first_day: first,
      last_day: last || null,
      assessment_id: assessment || null,
    });
  const ready = channels.length > 0 && reference.trim() !== "" && first !== "";
  return (
    <Dialog
      title={say("record_basis")}
      open
      close={close}
      actions={
        <>
          <Button onPress={close}>{say("cancel")}</Button>
          <Button kind="main" isDisabled={!ready || record.isPending} onPress={send}>
            {say("record_basis")}
          </Button>
        </>
      }
    >
      <Form send={() => ready && send()}>
        <Select
          label={say("basis")}
          value={kind}
          change={(value) => setKind(value as Kind)}
          options={kinds.map((each) => ({ value: each, words: told(each) }))}
        />
        <fieldset className={css.choices}>
          <legend>{say("for_channels")}</legend>
          {(Object.keys(asset.decision.per_channel) as Channel[]).map((channel) => (
            <Checkbox
              key={channel}
              checked={channels.includes(channel)}
              change={(checked) =>
                setChannels(
                  checked ? [...channels, channel] : channels.filter((each) => each !== channel),
                )
              }
            >
              {say(`channel_${channel}`)}
            </Checkbox>
          ))}
        </fieldset>
        <TextField
          label={say("reference")}
          hint={say("reference_hint")}
          value={reference}
          change={setReference}
          required
        />
        {kind === "legitimate_interest" && (
          <Select
            label={say("assessment")}
            value={assessment}
            change={setAssessment}
            options={[
              { value: "", words: "–" },
              ...(assessments.data?.items ?? []).map((each) => ({
                value: each.record_id,
                words: each.title,
              })),
            ]}
          />
        )}
        <div className={css.pair}>
          <TextField label={say("first_day")} type="date" value={first} change={setFirst} />
          <TextField label={say("last_day")} type="date" value={last} change={setLast} />
        </div>
      </Form>
      {record.error && <Notice kind="no">{sentence(record.error)}</Notice>}
    </Dialog>
  );
}
