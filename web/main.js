// The page: signs somebody in, and then shows who they are, what they may do, and what
// pictures they may see.

import { get, ProblemError } from "./api.js";
import * as session from "./session.js";
import * as view from "./view.js";
import { choose, current, load, say } from "./words.js";

const content = document.getElementById("content");
const aloud = document.getElementById("aloud");

let shown = () => welcome();

function show(...children) {
  content.replaceChildren(...children);
  document.title = `${say("title")} - Beeldrecht`;
  document.querySelector(".skip").textContent = say("skip");
  document.getElementById("tools").replaceChildren(...view.tools({
    languageChosen: (code) => { choose(code); void shown(); },
    signedOut: session.isSignedIn() ? () => void session.signOut() : null,
  }));
}

// `way` leads to the words of what went wrong, if anything did.
function welcome(way = "") {
  shown = () => welcome(way);
  const signIn = () => void session.begin({ language: current() });
  show(view.welcome({ message: way && say(way), signIn }));
}

async function desk() {
  const me = await get("/v1/me");
  shown = guarded(desk);
  const allowed = me.affordances.includes("asset:list");
  const board = view.pictures({ allowed });
  show(...view.desk({ me, address: session.address(), pictures: board.section }));
  aloud.textContent = `${say("address")} ${session.address()}`;
  if (allowed) await page(board, me, null);
}

// One page of pictures below those that are there; the list ends where the API says so.
async function page(board, me, cursor) {
  const asked = cursor ? `?${new URLSearchParams({ cursor })}` : "";
  const found = await get(`/v1/assets${asked}`);
  const views = me.affordances.includes("asset:view");
  for (const item of found.items) {
    const { row, show: fill } = view.picture(item);
    board.list.append(row);
    if (views && item.renditions.includes("thumb")) void thumbnail(item, fill);
  }
  const next = () => void guarded(() => page(board, me, found.cursor))();
  board.under.replaceChildren(found.cursor ? view.more(next) : "");
  if (!board.list.children.length && !found.cursor) board.under.textContent = say("no_pictures");
}

// Its address holds for seconds, so it is asked for when it is shown. One that may not be
// seen keeps its empty frame: the list may be older than the decision.
async function thumbnail(item, fill) {
  try {
    fill((await get(`/v1/assets/${item.asset_id}/renditions/thumb`)).url);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
  }
}

// Do something that may find the session over or the API out of reach, and say so.
function guarded(act) {
  return async () => {
    try {
      await act();
    } catch (error) {
      if (error instanceof session.SessionOverError) welcome("session_over");
      else if (error instanceof ProblemError) content.prepend(view.notice(error.message));
      else if (error instanceof session.SignInError) welcome("refused");
      else if (error instanceof TypeError) content.prepend(view.notice(say("offline")));
      else throw error;
    }
  };
}

async function start() {
  const returned = session.returning();
  choose(returned?.pending?.remembered?.language ?? current());
  await Promise.all([load(), session.configure()]);
  if (!returned) return welcome();
  show(view.waiting());
  await session.finish(returned);
  await desk();
  content.focus();
}

await guarded(start)();
