// The officer's desk: what is answered for, by whoever answers for it.

import { Route, Switch } from "wouter";

import { NotFound } from "../../app/NotFound";
import { Audit } from "./audit/Audit";
import { BreachDetail } from "./breaches/Detail";
import { Breaches } from "./breaches/List";
import { ErasureDetail } from "./erasures/Detail";
import { Erasures } from "./erasures/List";
import { Evidence } from "./evidence/Evidence";
import { Exports } from "./exports/Exports";
import { Overview } from "./overview/Overview";
import { DeskProposals } from "./proposals/Proposals";
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
      <Route path="/desk/breaches" component={Breaches} />
      <Route path="/desk/breaches/:id">{({ id }) => <BreachDetail key={id} id={id} />}</Route>
      <Route path="/desk/proposals" component={DeskProposals} />
      <Route path="/desk/evidence" component={Evidence} />
      <Route component={NotFound} />
    </Switch>
  );
}
