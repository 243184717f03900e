// Every room of the app, in the order of the menu: THE table. A room that is not built
// has no `load` and is neither shown nor answered. A new first part of an address is also
// a row of ROOMS in functions/api/serve_site/step.py (a test holds the two together).

import type { ComponentType } from "react";

import type { Operation } from "../lib/api";
import type { IconName } from "../parts/Icon";
import type { nl } from "./words.nl";

export interface Room {
  /** Its name in the frame's words, app/words.*.ts. */
  readonly name: keyof typeof nl;
  /** Its address; all that lies below it is the room's own. */
  readonly path: `/${string}`;
  readonly icon: IconName;
  /** Shown to whoever may do one of these; to everybody where it is empty. */
  readonly needs: readonly Operation[];
  /** Whether the menu leads to it. */
  readonly listed: boolean;
  readonly load: (() => Promise<{ default: ComponentType }>) | null;
}

export const ROOMS: readonly Room[] = [
  {
    name: "home",
    path: "/",
    icon: "home",
    needs: [],
    listed: true,
    load: () => import("../rooms/home/route"),
  },
  {
    name: "library",
    path: "/library",
    icon: "library",
    needs: ["asset:list"],
    listed: true,
    load: () => import("../rooms/library/route"),
  },
  {
    name: "pictures",
    path: "/pictures",
    icon: "picture",
    needs: ["asset:read"],
    listed: false,
    load: () => import("../rooms/pictures/route"),
  },
  {
    name: "upload",
    path: "/upload",
    icon: "upload",
    needs: ["asset:upload"],
    listed: true,
    load: () => import("../rooms/upload/route"),
  },
  {
    name: "work",
    path: "/work",
    icon: "work",
    needs: ["appearance:confirm", "consent_request:list", "subject_request:list", "recall:list"],
    listed: true,
    load: () => import("../rooms/work/route"),
  },
  {
    name: "people",
    path: "/people",
    icon: "people",
    needs: ["person:list"],
    listed: true,
    load: () => import("../rooms/people/route"),
  },
  {
    name: "sessions",
    path: "/sessions",
    icon: "session",
    needs: ["session:list"],
    listed: true,
    load: () => import("../rooms/sessions/route"),
  },
  {
    name: "collections",
    path: "/collections",
    icon: "collection",
    needs: ["collection:list"],
    listed: true,
    load: () => import("../rooms/collections/route"),
  },
  {
    name: "shares",
    path: "/shares",
    icon: "share",
    needs: ["share:list"],
    listed: true,
    load: () => import("../rooms/shares/route"),
  },
  {
    name: "desk",
    path: "/desk",
    icon: "shield",
    needs: ["retention:read", "audit:search", "erasure:list", "governance:list"],
    listed: true,
    load: () => import("../rooms/desk/route"),
  },
  {
    name: "users",
    path: "/users",
    icon: "person",
    needs: ["user:list"],
    listed: true,
    load: () => import("../rooms/users/route"),
  },
  {
    name: "settings",
    path: "/settings",
    icon: "settings",
    needs: ["user:change"],
    listed: true,
    load: null,
  },
];

/** The room that an address belongs to, if it is built. */
export function roomOf(path: string): Room | undefined {
  return ROOMS.find(
    (room) =>
      room.load &&
      (room.path === path || (room.path !== "/" && path.startsWith(`${room.path}/`))),
  );
}
