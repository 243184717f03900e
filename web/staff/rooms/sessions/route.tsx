import { Route, Switch } from "wouter";

import { NotFound } from "../../app/NotFound";
import { List } from "./List";
import { Session } from "./Session";

export default function Sessions() {
  return (
    <Switch>
      <Route path="/sessions">
        <List />
      </Route>
      <Route path="/sessions/:id">{({ id }) => <Session key={id} id={id} />}</Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}
