// What somebody was asked and what came of it, and how far the messages came.

import { api, ask, type Schema } from "../../lib/api";
import { useFormat } from "../../lib/format";
import { useTold, useWords } from "../../lib/words";
import { Badge, type Tone } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { useConfirm } from "../../parts/Confirm";
import { Section } from "../../parts/Page";
import { Table } from "../../parts/Table";
import { toast } from "../../parts/Toasts";
import { useDeed } from "./data";
import css from "./people.module.css";
import { words } from "./words";

type Asked = Schema["ConsentRequestView"];

const TONES: Readonly<Record<Schema["ConsentRequestState"], Tone>> = {
  asked: "wait",
  answered: "yes",
  lapsed: "no",
  cancelled: "none",
};

export const AskState = ({ state }: { state: Schema["ConsentRequestState"] }) => {
  const say = useWords(words);
  return <Badge tone={TONES[state]}>{say(`ask_${state}`)}</Badge>;
};

/** Reminding somebody who was asked, and taking the question back. */
export function AskDeeds({ request }: { request: Asked }) {
  const say = useWords(words);
  const confirm = useConfirm();
  const changes = [["people", request.person_id], ["consent-requests"]];
  const params = { path: { request_id: request.request_id } };
  const remind = useDeed(
    () => ask(api.POST("/v1/consent-requests/{request_id}/reminders", { params })),
    changes,
    () => toast(say("reminded")),
  );
  const cancel = useDeed(
    () => ask(api.DELETE("/v1/consent-requests/{request_id}", { params })),
    changes,
    () => toast(say("taken_back")),
  );
  if (!request.affordances.includes("consent_request:change")) return null;
  const takeBack = async () => {
    const sure = await confirm({
      title: say("take_back_title"),
      text: say("take_back_text"),
      act: say("take_back"),
      danger: true,
    });
    if (sure) cancel.mutate(undefined);
  };
  return (
    <span className={css.buttons}>
      <Button
        kind="quiet"
        isDisabled={remind.isPending}
        onPress={() => remind.mutate(undefined)}
      >
        {say("remind")}
      </Button>
      <Button kind="quiet" onPress={() => void takeBack()}>
        {say("take_back")}
      </Button>
    </span>
  );
}

interface Props {
  readonly personId: string;
  readonly consents: Schema["ConsentsView"];
}

export function Asks({ consents }: Props) {
  const say = useWords(words);
  const told = useTold();
  const format = useFormat();
  return (
    <div className={css.two}>
      <Section title={say("asks")}>
        {consents.requests.length === 0 ? (
          <p className={css.soft}>{say("asks_none")}</p>
        ) : (
          <ul className={css.cards}>
            {consents.requests.map((each) => (
              <li key={each.request_id} className={css.card}>
                <div className={css.row}>
                  <strong>{format.day(each.asked_at)}</strong>
                  <AskState state={each.state} />
                </div>
                <div className={css.row}>
                  <p className={css.soft}>
                    {say(`signed_on_${each.delivery}`)} · {say("answer_by")}{" "}
                    {format.day(each.ends_at)}
                  </p>
                  <AskDeeds request={each} />
                </div>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title={say("mails")}>
        {consents.mails.length === 0 ? (
          <p className={css.soft}>{say("mails_none")}</p>
        ) : (
          <Table
            label={say("mails")}
            rows={consents.mails}
            keyOf={(mail) => mail.mail_id}
            columns={[
              { name: say("what"), show: (mail) => told(mail.kind) },
              { name: say("sent_on"), show: (mail) => format.day(mail.created_at) },
              { name: say("how_far"), show: (mail) => told(mail.state) },
            ]}
          />
        )}
      </Section>
    </div>
  );
}
