// What is asked of the API about one erasure.

import { api, ask } from "../../../lib/api";

export const one = (id: string) => ({ params: { path: { erasure_id: id } } });

/** An erasure, with a page of its pictures. */
export const readErasure = (id: string, cursor?: string) =>
  ask(
    api.GET("/v1/erasures/{erasure_id}", {
      params: { path: { erasure_id: id }, query: cursor ? { cursor } : {} },
    }),
  );

export type Erasure = Awaited<ReturnType<typeof readErasure>>;
