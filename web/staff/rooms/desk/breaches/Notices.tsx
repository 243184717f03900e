// The draft notices, in the language of the page: to copy or to print, never sent from here.

import { useState } from "react";
import { createPortal, flushSync } from "react-dom";

import type { Schema } from "../../../lib/api";
import { useLanguage, useWords } from "../../../lib/words";
import { Button } from "../../../parts/Button";
import { Section } from "../../../parts/Page";
import print from "../../../parts/print.module.css";
import { Copy } from "../Copy";
import desk from "../desk.module.css";
import { words } from "./words";

type Draft = Schema["NoticeView"];

export function Notices({ breach }: { breach: Schema["BreachView"] }) {
  const language = useLanguage();
  const drafts = [breach.authority, breach.people].flatMap(
    (each) => each.find((draft) => draft.language === language) ?? [],
  );
  return drafts.map((draft) => <One key={draft.title} draft={draft} />);
}

function One({ draft }: { draft: Draft }) {
  const say = useWords(words);
  const [printing, setPrinting] = useState(false);
  // The sheet has to stand there before the browser looks what to print.
  const onPaper = () => {
    flushSync(() => setPrinting(true));
    window.print();
    setPrinting(false);
  };
  return (
    <Section
      title={draft.title}
      actions={
        <>
          <Copy text={[draft.title, ...draft.paragraphs].join("\n\n")} name={draft.title} />
          <Button icon="print" aria-label={`${say("print")}: ${draft.title}`} onPress={onPaper}>
            {say("print")}
          </Button>
        </>
      }
    >
      <p className={desk.soft}>{say("draft")}</p>
      <Text draft={draft} />
      {printing &&
        createPortal(
          <div className={print.sheet}>
            <h1>{draft.title}</h1>
            <Text draft={draft} />
          </div>,
          document.body,
        )}
    </Section>
  );
}

function Text({ draft }: { draft: Draft }) {
  return (
    <div className={desk.prose} lang={draft.language}>
      {draft.paragraphs.map((each) => (
        <p key={each}>{each}</p>
      ))}
    </div>
  );
}
