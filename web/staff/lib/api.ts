// Requests of whoever signed in, typed by the API's own description. An answer that says
// no becomes a ProblemError with the API's own sentence.

import { QueryClient } from "@tanstack/react-query";
import createClient, { type Middleware } from "openapi-fetch";

import type { components, paths } from "../generated/api";
import { accessToken, ended, SessionOverError } from "./session";
import { currentLanguage } from "./words";

export type Schema = components["schemas"];
export type Operation = Schema["Operation"];

interface Problem {
  readonly title?: string;
  readonly detail?: string;
  readonly code?: string;
  readonly status?: number;
}

/** The API said no: `message` is its sentence, in the language of the page. */
export class ProblemError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(
    readonly problem: Problem,
    status: number,
  ) {
    super(problem.detail ?? problem.title ?? String(status));
    this.code = problem.code ?? "";
    this.status = status;
  }
}

const signed: Middleware = {
  async onRequest({ request }) {
    request.headers.set("Authorization", `Bearer ${await accessToken()}`);
    request.headers.set("Accept-Language", currentLanguage());
    return request;
  },
  async onResponse({ response }) {
    if (response.status === 401) {
      ended();
      throw new SessionOverError();
    }
  },
};

export const api = createClient<paths>({
  baseUrl: location.origin,
  cache: "no-store",
  // Looked up at each call: a test or a page's own bench may stand in for it.
  fetch: (request) => globalThis.fetch(request),
});
api.use(signed);

type Answered<Data> = Promise<{
  data?: Data;
  error?: unknown;
  response: Response;
}>;

/** What the API answered, or a ProblemError: `ask(api.GET("/v1/me"))`. */
export async function ask<Data>(asked: Answered<Data>): Promise<NonNullable<Data>> {
  const { data, error, response } = await asked;
  if (!response.ok) throw new ProblemError((error ?? {}) as Problem, response.status);
  // What says nothing (204) is answered with an empty object.
  return (data ?? {}) as NonNullable<Data>;
}

/** Whether asking again may help: not where the API itself said no. */
function again(failures: number, error: Error): boolean {
  if (error instanceof SessionOverError) return false;
  if (error instanceof ProblemError) return error.status >= 500 && failures < 2;
  return failures < 2;
}

export const makeQueries = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: { retry: again, staleTime: 15_000 },
      mutations: { retry: false },
    },
  });
