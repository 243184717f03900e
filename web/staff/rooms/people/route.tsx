// The room of people: who they are, what they signed, and how they are asked.

import { Route, Switch } from "wouter";

import { NotFound } from "../../app/NotFound";
import { Ask } from "./Ask";
import { List } from "./List";
import { Paper } from "./Paper";
import { Person } from "./Person";
import { WordingForm } from "./WordingForm";
import { Wording, Wordings } from "./Wordings";

export default function People() {
  return (
    <Switch>
      <Route path="/people" component={List} />
      <Route path="/people/ask" component={Ask} />
      <Route path="/people/wordings" component={Wordings} />
      <Route path="/people/wordings/new">
        <WordingForm />
      </Route>
      <Route path="/people/wordings/:id">
        {({ id }) => <Wording key={id} wordingId={id} />}
      </Route>
      <Route path="/people/wordings/:id/edit">
        {({ id }) => <WordingForm key={id} wordingId={id} />}
      </Route>
      <Route path="/people/:id">{({ id }) => <Person key={id} personId={id} />}</Route>
      <Route path="/people/:id/paper">
        {({ id }) => <Paper key={id} personId={id} />}
      </Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}
