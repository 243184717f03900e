import { useQuery } from "@tanstack/react-query";

import { api, ask, type Schema } from "../../lib/api";

/** A session as it was read, with what it is changed under. */
export interface Known {
  readonly session: Schema["SessionView"];
  readonly etag: string;
}

export const useSession = (session_id: string) =>
  useQuery({
    // Its own: elsewhere a session is known without the tag that a change is based on.
    queryKey: ["sessions", session_id, "tagged"],
    queryFn: async (): Promise<Known> => {
      const answer = await api.GET("/v1/sessions/{session_id}", {
        params: { path: { session_id } },
      });
      const session = await ask(Promise.resolve(answer));
      return { session, etag: answer.response.headers.get("ETag") ?? "" };
    },
  });
