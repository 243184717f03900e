// What came of asking, person by person; codes to sign with now, on screen and on paper.

import { createPortal } from "react-dom";
import { Link } from "wouter";

import type { Schema } from "../../lib/api";
import { useWords } from "../../lib/words";
import { Badge } from "../../parts/Badge";
import { Button, LinkButton } from "../../parts/Button";
import { Page, Section } from "../../parts/Page";
import { Qr } from "../../parts/Qr";
import { Notice } from "../../parts/States";
import { asking } from "./asking.words";
import css from "./people.module.css";
import print from "../../parts/print.module.css";

export type Came = Schema["AskedView"] & { readonly name: string };

export function Outcome({ came, again }: { came: readonly Came[]; again: () => void }) {
  const say = useWords(asking);
  const failed = came.filter((each) => each.problem);
  const codes = came.filter((each) => each.url);
  const went = came.length - failed.length;
  return (
    <Page
      title={say("outcome")}
      actions={
        <>
          <LinkButton href="/people" kind="quiet" icon="back">
            {say("back")}
          </LinkButton>
          <Button onPress={again}>{say(failed.length ? "retry" : "again")}</Button>
          {codes.length > 0 && (
            <Button kind="main" icon="print" onPress={() => globalThis.print()}>
              {say("print")}
            </Button>
          )}
        </>
      }
    >
      {went > 0 && <Notice kind="yes">{say("went", { count: went })}</Notice>}
      {failed.length > 0 && (
        <Notice kind="wait">{say("failed", { count: failed.length })}</Notice>
      )}
      {codes.length > 0 && (
        <>
          <Notice kind="none">{say("codes_once")}</Notice>
          <Codes codes={codes} />
          {createPortal(
            <div className={print.sheet}>
              <Codes codes={codes} />
            </div>,
            document.body,
          )}
        </>
      )}
      <Section title={say("outcome")}>
        <ul className={css.came}>
          {came.map((each, index) => (
            <li key={each.request_id ?? each.person_id ?? index}>
              {each.person_id ? (
                <Link href={`/people/${each.person_id}`}>{each.name}</Link>
              ) : (
                <span>{each.name}</span>
              )}
              <Badge tone={each.problem ? "no" : "yes"}>
                {say(each.problem ? "not_asked" : "asked")}
              </Badge>
              {each.problem && <span>{each.problem.words}</span>}
            </li>
          ))}
        </ul>
      </Section>
    </Page>
  );
}

function Codes({ codes }: { codes: readonly Came[] }) {
  const say = useWords(asking);
  return (
    <div className={css.codes}>
      {codes.map((each) => (
        <figure key={each.request_id}>
          <Qr text={each.url ?? ""} label={say("code_for", { name: each.name })} />
          <figcaption>{each.name}</figcaption>
        </figure>
      ))}
    </div>
  );
}
