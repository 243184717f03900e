// The link by which somebody came, and what is asked in its name.
//
// The token stands behind the # of the address, which browsers send to nobody. It is moved
// at once into the state of this entry of the history: out of sight of whoever looks along
// or is sent a picture of the screen, out of what is shared or kept as a favourite, and
// still there after a reload. It is in no storage, and goes with the tab.

let token = null;

export class ProblemError extends Error {
  constructor({ code = "internal", errors = [], findings = [], reason = null }) {
    super(code);
    this.code = code;
    this.reason = reason; // of a conflict, what stands in the way
    this.errors = errors;
    this.refusal = findings[0] ?? null; // why something cannot be signed so
  }
}

export class OfflineError extends Error {}

// The token of this entry; null when somebody came without one.
export function take() {
  const given = location.hash.slice(1);
  if (given) history.replaceState({ token: given }, "", location.pathname);
  token = history.state?.token ?? null;
  return token;
}

// Keep something else in the place of a token that was used up.
export function settle(kept) {
  history.replaceState(kept, "", location.pathname);
  token = null;
}

export const settled = () => history.state?.done ?? null;

// A second link opened in this tab changes what stands behind the # and loads nothing.
addEventListener("popstate", () => {
  if (location.hash || (history.state?.token ?? null) !== token) location.reload();
});

// POST, for programs that open links to look at them send none.
export async function ask(what, language, body = {}) {
  let answer;
  try {
    answer = await fetch(`/subject/${what}`, {
      method: "POST",
      cache: "no-store",
      headers: {
        Accept: "application/json",
        "Accept-Language": language,
        Authorization: `Link ${token}`,
        "Content-Type": "application/json",
      },
      body: JSON.stringify(body),
    });
  } catch (error) {
    if (error instanceof TypeError) throw new OfflineError();
    throw error;
  }
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new ProblemError(said);
  return said;
}
