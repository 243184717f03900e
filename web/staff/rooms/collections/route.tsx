import { Route, Switch } from "wouter";

import { NotFound } from "../../app/NotFound";
import { Collection } from "./Collection";
import { List } from "./List";

export default function Collections() {
  return (
    <Switch>
      <Route path="/collections">
        <List />
      </Route>
      <Route path="/collections/:id">{({ id }) => <Collection key={id} id={id} />}</Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}
