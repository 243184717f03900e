// What stands around every page: the name, the menu, the language, what is offline.

import { useState, useSyncExternalStore, type ReactNode } from "react";
import { Link, useLocation } from "wouter";

import { useMay } from "../lib/me";
import { address, signOut } from "../lib/session";
import { chooseLanguage, LANGUAGES, useLanguage, useWords } from "../lib/words";
import { Button } from "../parts/Button";
import { Icon } from "../parts/Icon";
import { ShortcutHelp } from "../parts/Shortcuts";
import css from "./Frame.module.css";
import { roomOf, ROOMS } from "./rooms";
import { words } from "./words";

interface Props {
  readonly signedIn: boolean;
  readonly children: ReactNode;
}

export function Frame({ signedIn, children }: Props) {
  const say = useWords(words);
  return (
    <div className={signedIn ? css.frame : css.alone}>
      <a className={css.skip} href="#content">
        {say("skip")}
      </a>
      <header className={css.bar}>
        <Link className={css.brand} href="/">
          <span className={css.mark} aria-hidden="true" />
          {say("product")}
        </Link>
        <div className={css.tools}>
          <Languages />
          {signedIn && (
            <>
              <span id="address" className={css.address} title={say("account")}>
                {address()}
              </span>
              <Button id="sign-out" kind="quiet" onPress={() => void signOut()}>
                {say("sign_out")}
              </Button>
            </>
          )}
        </div>
      </header>
      {signedIn && <Menu />}
      <main id="content" tabIndex={-1} className={css.main}>
        <Offline />
        {children}
      </main>
      {signedIn && <ShortcutHelp />}
    </div>
  );
}

function Menu() {
  const say = useWords(words);
  const may = useMay();
  const [path] = useLocation();
  const [open, setOpen] = useState(false);
  const here = roomOf(path);
  const listed = ROOMS.filter(
    (room) => room.listed && room.load && (!room.needs.length || room.needs.some(may)),
  );
  return (
    <nav className={css.side} aria-label={say("navigation")}>
      <button
        type="button"
        className={css.opener}
        aria-expanded={open}
        aria-controls="menu"
        onClick={() => setOpen(!open)}
      >
        <Icon name="menu" />
        {here ? say(here.name) : say("menu")}
      </button>
      <ul id="menu" className={open ? css.menuOpen : css.menu}>
        {listed.map((room) => (
          <li key={room.path}>
            <Link
              href={room.path}
              aria-current={room === here ? "page" : undefined}
              // Whoever went somewhere is done with the menu.
              onClick={() => setOpen(false)}
            >
              <Icon name={room.icon} />
              {say(room.name)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Languages() {
  const say = useWords(words);
  const language = useLanguage();
  return (
    <div className={css.languages} role="group" aria-label={say("language")}>
      {Object.entries(LANGUAGES).map(([code, name]) => (
        <button
          key={code}
          type="button"
          lang={code}
          aria-pressed={code === language}
          onClick={() => chooseLanguage(code)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}

function watchLine(watcher: () => void): () => void {
  addEventListener("online", watcher);
  addEventListener("offline", watcher);
  return () => {
    removeEventListener("online", watcher);
    removeEventListener("offline", watcher);
  };
}

function Offline() {
  const say = useWords(words);
  const online = useSyncExternalStore(watchLine, () => navigator.onLine);
  return (
    <div role="status">{!online && <p className={css.offline}>{say("offline")}</p>}</div>
  );
}
