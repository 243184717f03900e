// Every role there is, in the order in which people are given one.

import type { Schema } from "./api";

type Role = Schema["Role"];

// Complete by its type: a role that is new to the API is missed by tsc.
const ALL: Readonly<Record<Role, true>> = {
  viewer: true,
  contributor: true,
  editor: true,
  privacy_officer: true,
  administrator: true,
  recogniser: true,
};

export const ROLES = Object.keys(ALL) as readonly Role[];
