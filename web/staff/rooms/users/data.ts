// Accounts as the API tells them, and what can be done with one.

import { api, ask, type Schema } from "../../lib/api";
import { usePages } from "../../lib/pages";

export type User = Schema["UserView"];
export type Role = Schema["Role"];

/** Everybody who has an account, page by page. */
export const useUsers = () =>
  usePages(["users"], async (cursor) => {
    const page = await ask(
      api.GET("/v1/users", { params: { query: cursor ? { cursor } : {} } }),
    );
    return { items: page.users, cursor: page.cursor };
  });

export const invite = (email: string, roles: Role[], key: string) =>
  ask(
    api.POST("/v1/users", {
      params: { header: { "Idempotency-Key": key } },
      body: { email, roles },
    }),
  );

export const appoint = (user_id: string, roles: Role[]) =>
  ask(api.PUT("/v1/users/{user_id}/roles", { params: { path: { user_id } }, body: { roles } }));

export const disable = (user_id: string) =>
  ask(api.POST("/v1/users/{user_id}/disable", { params: { path: { user_id } } }));

export const enable = (user_id: string) =>
  ask(api.POST("/v1/users/{user_id}/enable", { params: { path: { user_id } } }));
