// Nobody is signed in: what this is, and the way in.

import { begin, type Standing } from "../lib/session";
import { currentLanguage, useWords } from "../lib/words";
import { Button } from "../parts/Button";
import { Page } from "../parts/Page";
import { Notice } from "../parts/States";
import css from "./Welcome.module.css";
import { words } from "./words";

interface Props {
  readonly started: "starting" | "there" | "unreachable";
  readonly standing: Standing;
  /** Somebody is on the way back from the sign-in pages. */
  readonly returned: boolean;
}

export function Welcome({ started, standing, returned }: Props) {
  const say = useWords(words);
  if (started === "starting" && returned) {
    return <p className={css.lead}>{say("signing_in")}</p>;
  }
  const signIn = () =>
    void begin({ language: currentLanguage(), path: location.pathname });
  return (
    <Page title={say("welcome")} plain>
      <div className={css.hello}>
        {started === "unreachable" && <Notice kind="no">{say("unreachable")}</Notice>}
        {standing === "over" && <Notice kind="no">{say("session_over")}</Notice>}
        {standing === "refused" && <Notice kind="no">{say("refused")}</Notice>}
        <p className={css.lead}>{say("lead")}</p>
        <Button kind="main" id="sign-in" onPress={signIn} isDisabled={started !== "there"}>
          {say("sign_in")}
        </Button>
        <p className={css.soft}>{say("second_factor")}</p>
      </div>
    </Page>
  );
}
