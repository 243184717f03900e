// One page: its title in the tab and above it, and the keyboard at its beginning.

import { useEffect, useRef, type ReactNode } from "react";

import css from "./Page.module.css";

interface Props {
  readonly title: string;
  /** What stands beside the title: buttons. */
  readonly actions?: ReactNode;
  /** A sentence below the title. */
  readonly lead?: ReactNode;
  /** Leave the keyboard where it is, as a first page does. */
  readonly plain?: boolean;
  /** Take the whole width. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

let shownBefore = "";

export function Page({ title, actions, lead, plain, wide, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} - Beeldrecht`;
  }, [title]);
  // Whoever came by a link of the menu starts at the top of what they came for.
  useEffect(() => {
    const here = location.pathname;
    if (!plain && shownBefore && shownBefore !== here) {
      heading.current?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    shownBefore = here;
  }, [plain]);
  return (
    <div className={wide ? css.wide : css.page}>
      <div className={css.head}>
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead && <p className={css.lead}>{lead}</p>}
        </div>
        {actions && <div className={css.actions}>{actions}</div>}
      </div>
      {children}
    </div>
  );
}

/** A part of a page with a heading of its own. */
export function Section({
  title,
  actions,
  children,
}: {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={css.section} aria-label={title}>
      <div className={css.head}>
        <h2>{title}</h2>
        {actions && <div className={css.actions}>{actions}</div>}
      </div>
      {children}
    </section>
  );
}

/** Facts, each with its name. */
export function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={css.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
