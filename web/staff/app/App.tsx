// Whether somebody is here, and then the room that the address leads to.

import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from "react";
import { I18nProvider, RouterProvider } from "react-aria-components";
import { useLocation } from "wouter";

import { localeOf } from "../lib/format";
import { currentStanding, watch } from "../lib/session";
import { useLanguage } from "../lib/words";
import { ConfirmProvider } from "../parts/Confirm";
import { ErrorBoundary } from "../parts/ErrorBoundary";
import { Loading } from "../parts/States";
import { Toasts } from "../parts/Toasts";
import { Frame } from "./Frame";
import { NotFound } from "./NotFound";
import { roomOf, ROOMS } from "./rooms";
import { Welcome } from "./Welcome";

type Started = "starting" | "there" | "unreachable";

const PAGES = new Map(
  ROOMS.flatMap(({ path, load }) => {
    if (!load) return [];
    const Page = lazy(load);
    return [[path, <Page key={path} />] as const];
  }),
);

interface Props {
  readonly started: Promise<void>;
  readonly returned: boolean;
}

export function App({ started, returned }: Props) {
  const language = useLanguage();
  const standing = useSyncExternalStore(watch, currentStanding);
  const [now, setNow] = useState<Started>("starting");
  const [path, go] = useLocation();
  const queries = useQueryClient();

  useEffect(() => {
    started.then(
      () => setNow("there"),
      () => setNow("unreachable"),
    );
  }, [started]);

  // What somebody saw is nobody else's to see.
  useEffect(() => {
    if (standing !== "in") queries.clear();
  }, [standing, queries]);

  const room = roomOf(path);
  const page = room && PAGES.get(room.path);
  return (
    <I18nProvider locale={localeOf(language)}>
      <RouterProvider navigate={go}>
        <ConfirmProvider>
          <Frame signedIn={standing === "in"}>
            {standing !== "in" || now !== "there" ? (
              <Welcome started={now} standing={standing} returned={returned} />
            ) : (
              <ErrorBoundary key={room?.path ?? ""}>
                <Suspense fallback={<Loading />}>{page ?? <NotFound />}</Suspense>
              </ErrorBoundary>
            )}
          </Frame>
          <Toasts />
        </ConfirmProvider>
      </RouterProvider>
    </I18nProvider>
  );
}
