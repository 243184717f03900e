// What the evidence pack is and how an operator makes it: no page can, it reads the account.

import { Link } from "wouter";

import { useMay } from "../../../lib/me";
import { useWords } from "../../../lib/words";
import { Section } from "../../../parts/Page";
import { Copy } from "../Copy";
import { DeskPage, PARTS } from "../DeskPage";
import desk from "../desk.module.css";
import { words as common } from "../words";
import { words } from "./words";

const COMMAND = "make test\npython -m cli evidence --out evidence/";

export function Evidence() {
  const say = useWords(words);
  const shared = useWords(common);
  const may = useMay();
  const ways = PARTS.filter(
    ({ name, needs }) =>
      (name === "audit" || name === "registers" || name === "retention") && needs && may(needs),
  );
  return (
    <DeskPage title={shared("evidence")} lead={say("lead")}>
      <Section title={say("holds")}>
        <ul className={desk.bullets}>
          <li>{say("registers")}</li>
          <li>{say("promises")}</li>
          <li>{say("settings")}</li>
          <li>{say("lapsed")}</li>
        </ul>
      </Section>
      <Section title={say("make")} actions={<Copy text={COMMAND} />}>
        <p>{say("make_text")}</p>
        <code className={desk.code}>{COMMAND}</code>
        <p className={desk.soft}>{say("made")}</p>
      </Section>
      <Section title={say("here")}>
        <ul className={desk.bullets}>
          {ways.map(({ name, path }) => (
            <li key={path}>
              <Link href={path}>{shared(name)}</Link>
            </li>
          ))}
        </ul>
      </Section>
    </DeskPage>
  );
}
