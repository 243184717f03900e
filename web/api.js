// Requests of whoever signed in. An answer that says no becomes a ProblemError with the
// API's own sentence.

import { accessToken, forget, SessionOverError } from "./session.js";
import { current } from "./words.js";

export class ProblemError extends Error {
  constructor(problem) {
    super(problem.detail ?? problem.title);
    this.code = problem.code;
  }
}

export async function get(path) {
  const headers = {
    Accept: "application/json",
    "Accept-Language": current(),
    Authorization: `Bearer ${await accessToken()}`,
  };
  const answer = await fetch(path, { headers, cache: "no-store" });
  if (answer.status === 401) {
    forget();
    throw new SessionOverError();
  }
  const body = await answer.json();
  if (!answer.ok) throw new ProblemError(body);
  return body;
}
