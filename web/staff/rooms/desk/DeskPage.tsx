// One page of the desk: its title, and the way to the desk's other pages.

import { useEffect, useRef, type ReactNode } from "react";
import { Link, useLocation } from "wouter";

import type { Operation } from "../../lib/api";
import { useMay } from "../../lib/me";
import { useWords } from "../../lib/words";
import { Page } from "../../parts/Page";
import css from "./desk.module.css";

import { words } from "./words";


interface Part {
  readonly name: keyof typeof words.nl;
  readonly path: string;
  readonly needs: Operation | null;
}

/** The pages of the desk, in their order. */
export const PARTS: readonly Part[] = [
  { name: "overview", path: "/desk", needs: null },
  { name: "requests", path: "/desk/requests", needs: "subject_request:list" },
  { name: "erasures", path: "/desk/erasures", needs: "erasure:list" },
  { name: "retention", path: "/desk/retention", needs: "retention:read" },
  { name: "recalls", path: "/desk/recalls", needs: "recall:list" },
  { name: "exports", path: "/desk/exports", needs: "export:list" },
  { name: "audit", path: "/desk/audit", needs: "audit:search" },
  { name: "registers", path: "/desk/registers", needs: "governance:list" },
  { name: "breaches", path: "/desk/breaches", needs: "breach:list" },
  { name: "proposals", path: "/desk/proposals", needs: "proposal:list" },
  { name: "recognition", path: "/desk/recognition", needs: "recognition:read" },
  { name: "evidence", path: "/desk/evidence", needs: "governance:list" },
];

interface Props {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export function DeskPage({ title, lead, actions, children }: Props) {
  const say = useWords(words);
  const may = useMay();
  const [path] = useLocation();
  const shown = PARTS.filter(({ needs }) => needs === null || may(needs));
  const tabs = useRef<HTMLElement>(null);
  // The way to where one is stands in sight, however many there are.
  useEffect(() => {
    const here = tabs.current?.querySelector("[aria-current]");
    here?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [path]);
  return (
    <>
      <nav ref={tabs} className={css.tabs} aria-label={say("parts")}>
        {shown.map((part) => (
          <Link
            key={part.path}
            href={part.path}
            aria-current={isHere(part.path, path) ? "page" : undefined}
          >
            {say(part.name)}
          </Link>
        ))}
      </nav>
      <div className={css.under}>
        <Page title={title} lead={lead} actions={actions}>
          {children}
        </Page>
      </div>
    </>
  );
}

function isHere(part: string, path: string): boolean {
  return part === "/desk" ? path === part : path === part || path.startsWith(`${part}/`);
}
