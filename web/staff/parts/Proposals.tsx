// What waits for a second person, to approve or to reject.

import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { api, ask } from "../lib/api";
import { useFormat } from "../lib/format";
import { useMay } from "../lib/me";
import { useWords } from "../lib/words";
import { Button } from "./Button";
import { useConfirm } from "./Confirm";
import { useDeed } from "./deed";
import css from "./Proposals.module.css";
import { words } from "./proposals.words";
import { useShortcut } from "./Shortcuts";
import { Empty, Shown } from "./States";
import { toast } from "./Toasts";

export const useProposals = () => {
  const may = useMay();
  return useQuery({
    queryKey: ["proposals"],
    queryFn: () => ask(api.GET("/v1/proposals", { params: { query: { limit: 50 } } })),
    enabled: may("proposal:list"),
  });
};

/** Where what a proposal is about has its page. */
const PLACES: Readonly<Record<string, (id: string) => string>> = {
  asset_id: (id) => `/pictures/${id}`,
  person_id: (id) => `/people/${id}`,
  erasure_id: (id) => `/desk/erasures/${id}`,
  assessment_id: (id) => `/desk/registers/${id}`,
  run_id: () => "/desk/retention",
};

function About({ what }: { what: Readonly<Record<string, string>> }) {
  const say = useWords(words);
  return Object.entries(what).map(([name, id]) => {
    const place = PLACES[name];
    return (
      place && (
        <span key={name}>
          {" · "}
          <Link href={place(id)}>{say(name === "asset_id" ? "open_picture" : "open")}</Link>
        </span>
      )
    );
  });
}

export function Proposals() {
  const say = useWords(words);
  const format = useFormat();
  const confirm = useConfirm();
  const proposals = useProposals();
  const items = proposals.data?.items.filter((each) => each.answers.length) ?? [];
  const settle = useDeed(
    ({ id, answer }: { id: string; answer: "approve" | "reject" }) =>
      ask(
        answer === "approve"
          ? api.POST("/v1/proposals/{proposal_id}/approve", {
              params: { path: { proposal_id: id } },
            })
          : api.POST("/v1/proposals/{proposal_id}/reject", {
              params: { path: { proposal_id: id } },
            }),
      ),
    [["proposals"], ["work"]],
    (_, { answer }) => toast(say(answer === "approve" ? "approved" : "turned_down")),
  );
  const answer = async (of: (typeof items)[number] | undefined, said: "approve" | "reject") => {
    if (!of?.answers.includes(said) || settle.isPending) return;
    // What is agreed to can be an erasure: that is never a slip of the finger.
    const gentle = said === "reject" || of.operation === "suggestion:confirm";
    const question = {
      title: say("approve_title"),
      text: say("approve_text", { what: of.words }),
      act: say("approve"),
    };
    if (gentle || (await confirm(question))) settle.mutate({ id: of.proposal_id, answer: said });
  };
  const next = items.find((each) => each.answers.includes("approve"));
  useShortcut("y", say("approve"), () => void answer(next, "approve"));
  useShortcut("n", say("reject"), () => void answer(next, "reject"));
  return (
    <Shown of={proposals}>
      {() =>
        items.length === 0 ? (
          <Empty icon="check" title={say("proposals_none")} />
        ) : (
          <>
            <p className={css.soft}>{say("proposals_lead")}</p>
            <ul className={css.cards}>
              {items.map((each) => (
                <li
                  key={each.proposal_id}
                  className={css.card}
                  data-next={each === next || undefined}
                >
                  <div>
                    <strong>{each.words}</strong>
                    <p className={css.soft}>
                      {format.moment(each.proposed_at)} ·{" "}
                      {say("until", { moment: format.moment(each.expires_at) })}
                      <About what={each.what} />
                    </p>
                  </div>
                  <div className={css.row}>
                    {each.answers.includes("approve") && (
                      <Button kind="main" onPress={() => void answer(each, "approve")}>
                        {say("approve")}
                      </Button>
                    )}
                    {each.answers.includes("reject") && (
                      <Button onPress={() => void answer(each, "reject")}>
                        {say(each.answers.includes("approve") ? "reject" : "take_back")}
                      </Button>
                    )}
                  </div>
                </li>
              ))}
            </ul>
          </>
        )
      }
    </Shown>
  );
}
