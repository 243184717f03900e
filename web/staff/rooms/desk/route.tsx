// The officer's desk: what is answered for, by whoever answers for it.

import { Route, Switch } from "wouter";

import { NotFound } from "../../app/NotFound";
import { Audit } from "./audit/Audit";
import { ErasureDetail } from "./erasures/Detail";
import { Erasures } from "./erasures/List";
import { Exports } from "./exports/Exports";
import { Overview } from "./overview/Overview";
import { Recalls } from "./recalls/Recalls";
import { Recognition } from "./recognition/Recognition";
import { RecordDetail } from "./registers/Record";
import { Registers } from "./registers/Registers";
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
      <Route path="/desk/recalls" component={Recalls} />
      <Route path="/desk/exports" component={Exports} />
      <Route path="/desk/audit" component={Audit} />
      <Route path="/desk/registers" component={Registers} />
      <Route path="/desk/registers/:id">{({ id }) => <RecordDetail key={id} id={id} />}</Route>
      <Route path="/desk/recognition" component={Recognition} />
      <Route component={NotFound} />
    </Switch>
  );
}
