// The room of one picture: `/pictures/<id>`.

import { Route, Switch } from "wouter";

import { useWords } from "../../lib/words";
import { LinkButton } from "../../parts/Button";
import { Page } from "../../parts/Page";
import { Empty } from "../../parts/States";
import { Picture } from "./Picture";
import { words } from "./words";

export default function Pictures() {
  return (
    <Switch>
      <Route path="/pictures/:id">{({ id }) => <Picture key={id} id={id} />}</Route>
      <Route>
        <Nothing />
      </Route>
    </Switch>
  );
}

function Nothing() {
  const say = useWords(words);
  return (
    <Page title={say("picture")}>
      <Empty
        icon="picture"
        title={say("no_picture")}
        action={<LinkButton href="/library">{say("to_library")}</LinkButton>}
      />
    </Page>
  );
}
