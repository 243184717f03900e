// The officer's desk: what is answered for, by whoever answers for it.

import { Route, Switch } from "wouter";

import { NotFound } from "../../app/NotFound";
import { ErasureDetail } from "./erasures/Detail";
import { Erasures } from "./erasures/List";
import { Overview } from "./overview/Overview";
import { RequestDetail } from "./requests/Detail";
import { Requests } from "./requests/List";
import { Retention } from "./retention/Retention";

export default function Desk() {
  return (
    <Switch>
      <Route path="/desk" component={Overview} />
      <Route path="/desk/requests" component={Requests} />
      <Route path="/desk/requests/:id">{({ id }) => <RequestDetail key={id} id={id} />}</Route>
      <Route path="/desk/erasures" component={Erasures} />
      <Route path="/desk/erasures/:id">{({ id }) => <ErasureDetail key={id} id={id} />}</Route>
      <Route path="/desk/retention" component={Retention} />
      <Route component={NotFound} />
    </Switch>
  );
}
