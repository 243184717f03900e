// What stands there while there is nothing else: loading, empty, failed; and notices.

import type { ReactNode } from "react";

import { ProblemError } from "../lib/api";
import { useWords } from "../lib/words";
import { Button } from "./Button";
import { Icon, type IconName } from "./Icon";
import css from "./States.module.css";
import { words } from "./words";

export function Loading({ rows = 3 }: { rows?: number }) {
  const say = useWords(words);
  return (
    <div className={css.loading} role="status">
      <span className={css.unseen}>{say("loading")}</span>
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} className={css.bone} />
      ))}
    </div>
  );
}

interface EmptyProps {
  readonly icon?: IconName;
  readonly title: string;
  readonly text?: string;
  readonly action?: ReactNode;
}

export function Empty({ icon = "info", title, text, action }: EmptyProps) {
  return (
    <div className={css.empty}>
      <Icon name={icon} size={32} />
      <p className={css.strong}>{title}</p>
      {text && <p>{text}</p>}
      {action}
    </div>
  );
}

/** What to say of something that went wrong: the API's sentence where it gave one. */
export function useSentence(): (error: unknown) => string {
  const say = useWords(words);
  return (error) => (error instanceof ProblemError ? error.message : say("offline"));
}

export function Failed({ error, again }: { error: unknown; again?: () => void }) {
  const say = useWords(words);
  const sentence = useSentence();
  return (
    <div className={css.empty} role="alert">
      <Icon name="warning" size={32} />
      <p className={css.strong}>{say("failed")}</p>
      <p>{sentence(error)}</p>
      {again && <Button onPress={again}>{say("again")}</Button>}
    </div>
  );
}

interface Asked<Data> {
  readonly data: Data | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

/** What was asked for, or that it is coming, or why it does not: `<Shown of={query}>`. */
export function Shown<Data>({
  of,
  children,
  rows,
}: {
  of: Asked<Data>;
  children: (data: Data) => ReactNode;
  rows?: number;
}) {
  if (of.data !== undefined) return children(of.data);
  if (of.error) return <Failed error={of.error} again={() => void of.refetch()} />;
  return <Loading {...(rows === undefined ? {} : { rows })} />;
}

export function Notice({
  kind,
  children,
}: {
  kind: "yes" | "wait" | "no" | "none";
  children: ReactNode;
}) {
  const icon = { yes: "check", wait: "clock", no: "warning", none: "info" } as const;
  return (
    <div className={`${css.notice} ${css[kind]}`} role={kind === "no" ? "alert" : undefined}>
      <Icon name={icon[kind]} />
      <div>{children}</div>
    </div>
  );
}
