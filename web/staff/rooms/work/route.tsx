// What waits for whoever works here: lists, each with how much there is.

import type { ComponentType } from "react";
import { Link, Redirect, Route, Switch, useLocation } from "wouter";

import { NotFound } from "../../app/NotFound";
import type { Operation } from "../../lib/api";
import { useMay } from "../../lib/me";
import { useWords } from "../../lib/words";
import { Page } from "../../parts/Page";
import { Proposals, useProposals } from "../../parts/Proposals";
import { Asked, Ending, useAsked } from "./Asked";
import { Faces, useWaiting } from "./Faces";
import {
  Recalls,
  Requests,
  Uploads,
  useRecalls,
  useRefused,
  useRequests,
} from "./Lists";
import { words } from "./words";
import css from "./work.module.css";

type Name =
  | "faces"
  | "proposals"
  | "asked"
  | "ending"
  | "requests"
  | "recalls"
  | "uploads";

interface List {
  readonly name: Name;
  readonly needs: Operation;
  readonly page: ComponentType;
}

const ALL: readonly List[] = [
  { name: "faces", needs: "appearance:confirm", page: Faces },
  { name: "proposals", needs: "proposal:list", page: Proposals },
  { name: "asked", needs: "consent_request:list", page: Asked },
  { name: "ending", needs: "person:list", page: Ending },
  { name: "requests", needs: "subject_request:list", page: Requests },
  { name: "recalls", needs: "recall:list", page: Recalls },
  { name: "uploads", needs: "asset:upload", page: Uploads },
];

export default function Work() {
  const say = useWords(words);
  const may = useMay();
  const [path] = useLocation();
  const lists = ALL.filter((list) => may(list.needs));
  const [first] = lists;
  const here = lists.find((list) => path === `/work/${list.name}`);
  if (path === "/work" && first) return <Redirect to={`/work/${first.name}`} replace />;
  if (!here) return <NotFound />;
  return (
    <Page title={say(here.name)} wide>
      <Tabs lists={lists} here={here} />
      <Switch>
        {lists.map(({ name, page }) => (
          <Route key={name} path={`/work/${name}`} component={page} />
        ))}
      </Switch>
    </Page>
  );
}

function Tabs({ lists, here }: { lists: readonly List[]; here: List }) {
  const say = useWords(words);
  const count = useCounts();
  return (
    <nav aria-label={say("lists")}>
      <ul className={css.lists}>
        {lists.map((list) => (
          <li key={list.name}>
            <Link
              href={`/work/${list.name}`}
              aria-current={list === here ? "page" : undefined}
            >
              {say(list.name)}
              {count[list.name] && <span className={css.count}>{count[list.name]}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

interface Listed {
  readonly items: readonly unknown[];
  readonly cursor: string | null;
}

/** How much there is of each, where the API was asked; nothing where there is none. */
function useCounts(): Readonly<Partial<Record<Name, string>>> {
  const say = useWords(words);
  const waiting = useWaiting().data?.pages[0];
  const told = (page: Listed | undefined): string => {
    const found = page?.items.length ?? 0;
    if (!found) return "";
    return page?.cursor ? say("more_than", { count: found }) : String(found);
  };
  const proposals = useProposals().data;
  const answerable = proposals && {
    ...proposals,
    items: proposals.items.filter((each) => each.answers.length),
  };
  const recalls = useRecalls().data;
  return {
    faces: told(waiting),
    proposals: told(answerable),
    asked: told(useAsked().data),
    requests: told(useRequests().data),
    recalls: recalls?.length ? String(recalls.length) : "",
    uploads: told(useRefused().data),
  };
}
