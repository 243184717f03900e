// Why something was not done, and the way on where signing in again is what it takes.

import { ProblemError } from "../lib/api";
import { begin } from "../lib/session";
import { currentLanguage, useWords } from "../lib/words";
import { Button } from "./Button";
import { Notice, useSentence } from "./States";
import { words } from "./words";

/** What is wrong, in the API's sentence; nothing where nothing is. */
export function Problem({ error }: { error: unknown }) {
  const say = useWords(words);
  const sentence = useSentence();
  if (!error) return null;
  const again = error instanceof ProblemError && error.code === "sign_in_again";
  return (
    <Notice kind="no">
      <p>{sentence(error)}</p>
      {again && (
        <Button
          onPress={() => void begin({ language: currentLanguage(), path: location.pathname })}
        >
          {say("sign_in_again")}
        </Button>
      )}
    </Notice>
  );
}
