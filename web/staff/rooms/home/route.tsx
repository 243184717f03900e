// Who somebody is and what they may do, and the way to each room.

import { Link } from "wouter";

import { ROOMS } from "../../app/rooms";
import { words as frame } from "../../app/words";
import { useMay, useMeQuery } from "../../lib/me";
import { useTold, useWords } from "../../lib/words";
import { Icon } from "../../parts/Icon";
import { Page, Section } from "../../parts/Page";
import { Shown } from "../../parts/States";
import css from "./home.module.css";
import { en } from "./words.en";
import { nl } from "./words.nl";

const words = { nl, en };

export default function Home() {
  const say = useWords(words);
  const told = useTold();
  const me = useMeQuery();
  return (
    <Page title={say("title")}>
      <Shown of={me}>
        {({ roles, affordances }) => (
          <>
            <Ways />
            <Section title={say("who")}>
              {roles.length ? (
                <ul id="roles" className={css.roles} aria-label={say("roles")}>
                  {roles.map((role) => (
                    <li key={role}>{told(role)}</li>
                  ))}
                </ul>
              ) : (
                <p id="no-roles">{say("no_roles")}</p>
              )}
            </Section>
            <Section title={say("may")}>
              {affordances.length ? (
                <ul id="may" className={css.may}>
                  {affordances.map((each) => (
                    <li key={each}>{told(each)}</li>
                  ))}
                </ul>
              ) : (
                <p>{say("may_nothing")}</p>
              )}
            </Section>
          </>
        )}
      </Shown>
    </Page>
  );
}

function Ways() {
  const say = useWords(words);
  const name = useWords(frame);
  const may = useMay();
  const open = ROOMS.filter(
    (room) => room.load && room.listed && room.path !== "/" && room.needs.some(may),
  );
  if (!open.length) return null;
  return (
    <nav aria-label={say("where")}>
      <ul className={css.ways}>
        {open.map((room) => (
          <li key={room.path}>
            <Link href={room.path}>
              <Icon name={room.icon} size={26} />
              {name(room.name)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
