// What somebody agreed to, per use with its last day, and the documents that prove it.

import { api, ask, type Schema } from "../../lib/api";
import { useFormat } from "../../lib/format";
import { save } from "../../lib/saving";
import { useWords } from "../../lib/words";
import { Badge, type Tone } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { useConfirm } from "../../parts/Confirm";
import { Section } from "../../parts/Page";
import { Empty } from "../../parts/States";
import { Table } from "../../parts/Table";
import { toast } from "../../parts/Toasts";
import { useDeed } from "./data";
import css from "./people.module.css";
import { words } from "./words";

type Grant = Schema["GrantView"];

const TONES: Readonly<Record<Schema["GrantState"], Tone>> = {
  not_yet: "wait",
  in_force: "yes",
  ended: "none",
  withdrawn: "no",
};

interface Props {
  readonly personId: string;
  readonly grants: readonly Grant[];
  readonly withdraws: boolean;
  readonly consents: Schema["ConsentsView"] | undefined;
}

export function Agreed({ personId, grants, withdraws, consents }: Props) {
  const say = useWords(words);
  const format = useFormat();
  const confirm = useConfirm();
  const takeBack = useDeed(
    (body: Schema["StaffWithdrawalOrder"]) =>
      ask(
        api.POST("/v1/people/{person_id}/withdrawals", {
          params: { path: { person_id: personId } },
          body,
        }),
      ),
    [["people", personId]],
    () => toast(say("withdrawn")),
  );
  // Which can be taken back now is for the API to say, document by document.
  const withdrawable = new Set(
    consents?.consents.flatMap((each) =>
      each.grants.filter((grant) => grant.withdrawable).map((grant) => grant.grant_id),
    ),
  );
  const one = async (grant: Grant) => {
    const what = say(`kind_${grant.kind}`);
    const sure = await confirm({
      title: say("withdraw_title"),
      text: say("withdraw_text", { what }),
      act: say("withdraw"),
      danger: true,
    });
    if (sure) takeBack.mutate({ grant_ids: [grant.grant_id] });
  };
  const everything = async () => {
    const sure = await confirm({
      title: say("withdraw_title"),
      text: say("withdraw_all_text"),
      act: say("withdraw_all"),
      danger: true,
    });
    if (sure) takeBack.mutate({ all: true });
  };
  return (
    <Section
      title={say("agreed")}
      actions={
        withdraws &&
        withdrawable.size > 1 && (
          <Button kind="danger" onPress={() => void everything()}>
            {say("withdraw_all")}
          </Button>
        )
      }
    >
      {grants.length === 0 ? (
        <Empty icon="shield" title={say("agreed_none")} text={say("agreed_none_text")} />
      ) : (
        <Table
          label={say("agreed")}
          rows={grants}
          keyOf={(grant) => grant.grant_id}
          columns={[
            { name: say("what"), show: (grant) => say(`kind_${grant.kind}`) },
            { name: say("channels"), show: (grant) => <Channels of={grant.channels} /> },
            {
              name: say("places"),
              show: (grant) =>
                grant.places.map((place) => say(`place_${place}`)).join(", "),
            },
            {
              name: say("until"),
              show: (grant) => (grant.last_day ? format.day(grant.last_day) : say("no_end")),
            },
            {
              name: say("state"),
              show: (grant) => (
                <Badge tone={TONES[grant.state]}>{say(`grant_${grant.state}`)}</Badge>
              ),
            },
            ...(withdraws && withdrawable.size
              ? [
                  {
                    name: "",
                    show: (grant: Grant) =>
                      withdrawable.has(grant.grant_id) && (
                        <Button kind="quiet" onPress={() => void one(grant)}>
                          {say("withdraw")}
                        </Button>
                      ),
                  },
                ]
              : []),
          ]}
        />
      )}
    </Section>
  );
}

export function Channels({ of }: { of: readonly Schema["Channel"][] }) {
  const say = useWords(words);
  return (
    <span className={css.chips}>
      {of.map((channel) => (
        <span key={channel} className={css.chip}>
          {say(`channel_${channel}`)}
        </span>
      ))}
    </span>
  );
}

interface DocumentsProps {
  readonly personId: string;
  readonly consents: Schema["ConsentsView"];
}

export function Documents({ personId, consents }: DocumentsProps) {
  const say = useWords(words);
  const format = useFormat();
  const read = useDeed(
    (quitclaimId: string) =>
      ask(
        api.GET("/v1/people/{person_id}/quitclaims/{quitclaim_id}/document", {
          params: { path: { person_id: personId, quitclaim_id: quitclaimId } },
        }),
      ),
    [],
    (document, quitclaimId) => {
      const bytes = Uint8Array.from(atob(document.content), (each) => each.charCodeAt(0));
      const kind = document.media_type.split("/")[1] ?? "pdf";
      save(new Blob([bytes], { type: document.media_type }), `${quitclaimId}.${kind}`);
    },
  );
  return (
    <Section title={say("documents")}>
      {consents.consents.length === 0 && <p className={css.soft}>{say("documents_none")}</p>}
      <ul className={css.cards}>
        {consents.consents.map((each) => (
          <li key={each.quitclaim_id} className={css.card}>
            <div className={css.row}>
              <strong>{say("signed_at", { day: format.day(each.signed_at) })}</strong>
              {each.document && (
                <Button
                  icon="download"
                  isDisabled={read.isPending}
                  onPress={() => read.mutate(each.quitclaim_id)}
                >
                  {say("document")}
                </Button>
              )}
            </div>
            <p className={css.soft}>
              {[
                deliveryWords(say, each.signed_on),
                ...(each.guardian ? [say("by_guardian")] : []),
                ...each.grants.map((grant) => say(`kind_${grant.kind}`)),
              ].join(" · ")}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

const deliveryWords = (
  say: ReturnType<typeof useWords<keyof typeof words.nl>>,
  delivery: Schema["Delivery"],
): string => say(`signed_on_${delivery}`);
