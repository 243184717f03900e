// Asking before what cannot be undone: `if (await confirm({...})) …`.

import { createContext, useContext, useRef, useState, type ReactNode } from "react";

import { useWords } from "../lib/words";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { words } from "./words";

interface Question {
  readonly title: string;
  readonly text: ReactNode;
  /** What the button that goes on says: the deed itself ("Erase"), not "OK". */
  readonly act: string;
  readonly danger?: boolean;
}

type Confirm = (question: Question) => Promise<boolean>;

const Asking = createContext<Confirm>(() => Promise.resolve(false));

/** How a component asks: resolves to whether the person went on. */
export const useConfirm = (): Confirm => useContext(Asking);

export function ConfirmProvider({ children }: { children: ReactNode }) {
  const say = useWords(words);
  const [question, setQuestion] = useState<Question | null>(null);
  const answer = useRef<(yes: boolean) => void>(() => undefined);

  const confirm: Confirm = (asked) =>
    new Promise((resolve) => {
      answer.current = resolve;
      setQuestion(asked);
    });
  const settle = (yes: boolean) => {
    answer.current(yes);
    setQuestion(null);
  };
  return (
    <Asking value={confirm}>
      {children}
      {question && (
        <Dialog
          title={question.title}
          open
          firm
          close={() => settle(false)}
          actions={
            <>
              <Button onPress={() => settle(false)}>{say("cancel")}</Button>
              <Button kind={question.danger ? "danger" : "main"} onPress={() => settle(true)}>
                {question.act}
              </Button>
            </>
          }
        >
          {typeof question.text === "string" ? <p>{question.text}</p> : question.text}
        </Dialog>
      )}
    </Asking>
  );
}
