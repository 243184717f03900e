// The whole of a search as one file: the API gives it in pieces, each with its row of names.

import { api, ask } from "../../../lib/api";

export interface Asked {
  readonly subject?: string;
  readonly actor?: string;
  readonly tag?: string;
  readonly day?: string;
  readonly until?: string;
}

/** The cursor of the next piece, as the `Link` of an answer tells it; null: no more. */
export function nextOf(link: string | null): string | null {
  const address = /<([^>]+)>;\s*rel="next"/.exec(link ?? "")?.[1];
  return address ? new URL(address, location.origin).searchParams.get("cursor") : null;
}

/** A piece without its row of names, which stands above the first alone. */
const without = (piece: string): string => piece.slice(piece.indexOf("\n") + 1);

const lines = (text: string): number => text.split("\n").filter(Boolean).length;

/** Every row that was found, and how many they are. */
export async function csvOf(query: Asked): Promise<{ text: string; rows: number }> {
  let text = "";
  let cursor: string | null = null;
  do {
    const answered = await api.GET("/v1/audit/export", {
      params: { query: { ...query, ...(cursor ? { cursor } : {}) } },
      parseAs: "text",
    });
    const piece = await ask(Promise.resolve(answered));
    text += text ? without(piece) : piece;
    cursor = nextOf(answered.response.headers.get("Link"));
  } while (cursor);
  return { text, rows: lines(text) - 1 };
}
