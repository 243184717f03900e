import "./theme.css";

import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { makeQueries } from "../lib/api";
import * as session from "../lib/session";
import { chooseLanguage, currentLanguage, loadTold } from "../lib/words";
import { App } from "./App";

const place = document.getElementById("app");
if (!place) throw new Error("The page has no place for the app.");

// Kept out of the components: it is done once for each visit.
const returned = session.returning();
chooseLanguage(returned?.pending?.remembered.language ?? currentLanguage());

async function start(): Promise<void> {
  await Promise.all([loadTold(), session.configure()]);
  if (!returned) return;
  try {
    await session.finish(returned);
    const path = returned.pending?.remembered.path;
    // A path of this site and of nobody else: `//elsewhere` is somebody else's.
    if (path && /^\/(?!\/)/.test(path)) history.replaceState(null, "", path);
  } catch (error) {
    if (!(error instanceof session.SignInError)) throw error;
    session.refused();
  }
}

const started = start();

createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={makeQueries()}>
      <App started={started} returned={returned !== null} />
    </QueryClientProvider>
  </StrictMode>,
);
