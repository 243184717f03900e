// Signing in: authorization code with PKCE (RFC 7636). Tokens live in this module's memory
// and nowhere else; what must outlive the way to the sign-in pages and back (a verifier, a
// state, a nonce: worthless afterwards; the language and the page asked for) is in
// sessionStorage for that long.

const PENDING = "beeldrecht.sign-in";
const EARLY = 30_000; // milliseconds before its end at which a token counts as ended

export interface Remembered {
  readonly language: string;
  readonly path: string;
}

interface Configuration {
  readonly issuer: string;
  readonly client_id: string;
  readonly sign_in_url: string;
  readonly scope: string;
}

interface Claims {
  readonly iss: string;
  readonly aud: string;
  readonly token_use: string;
  readonly exp: number;
  readonly email: string;
  readonly nonce?: string;
}

interface Given {
  readonly id_token: string;
  readonly access_token: string;
  readonly refresh_token: string;
  readonly expires_in: number;
}

interface Tokens {
  readonly access: string;
  readonly refresh: string;
  readonly ends: number;
  readonly claims: Claims;
}

interface Pending {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly remembered: Remembered;
}

/** Whoever comes back from the sign-in pages, with what was kept of their leaving. */
export interface Returning {
  readonly given: URLSearchParams;
  readonly pending: Pending | null;
}

/** Where somebody stands: `over` and `refused` say why nobody is signed in. */
export type Standing = "out" | "in" | "over" | "refused";

export class SignInError extends Error {}
export class SessionOverError extends Error {}

let configuration: Configuration;
let tokens: Tokens | null = null;
let refreshing: Promise<void> | null = null;
let standing: Standing = "out";
const watchers = new Set<() => void>();

export const currentStanding = (): Standing => standing;

/** Be told whenever somebody comes in or goes out; returns how to stop that. */
export function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

function stand(now: Standing): void {
  standing = now;
  if (now !== "in") tokens = null;
  for (const watcher of watchers) watcher();
}

export async function configure(): Promise<void> {
  const answer = await fetch("/config.json");
  if (!answer.ok) throw new SignInError("config");
  configuration = (await answer.json()) as Configuration;
}

/** The address that somebody signed in with. */
export const address = (): string => tokens?.claims.email ?? "";

const home = () => `${location.origin}/`;
const random = (bytes: number) => base64url(crypto.getRandomValues(new Uint8Array(bytes)));

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** Leave for the sign-in pages; `remembered` comes back with whoever returns. */
export async function begin(remembered: Remembered): Promise<void> {
  const pending = { state: random(24), nonce: random(24), verifier: random(48), remembered };
  sessionStorage.setItem(PENDING, JSON.stringify(pending));
  const verifier = new TextEncoder().encode(pending.verifier);
  const digest = await crypto.subtle.digest("SHA-256", verifier);
  const asked = new URLSearchParams({
    response_type: "code",
    client_id: configuration.client_id,
    redirect_uri: home(),
    scope: configuration.scope,
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: base64url(new Uint8Array(digest)),
    code_challenge_method: "S256",
  });
  location.assign(`${configuration.sign_in_url}/oauth2/authorize?${asked.toString()}`);
}

/** Whether this visit comes from the sign-in pages; the address forgets it at once. */
export function returning(): Returning | null {
  const given = new URLSearchParams(location.search);
  if (location.pathname !== "/" || (!given.has("code") && !given.has("error"))) return null;
  history.replaceState(null, "", "/");
  const kept = sessionStorage.getItem(PENDING);
  sessionStorage.removeItem(PENDING);
  return { given, pending: kept ? (JSON.parse(kept) as Pending) : null };
}

/** Exchange what came back for tokens. A code that we did not ask for is refused. */
export async function finish({ given, pending }: Returning): Promise<void> {
  const code = given.get("code");
  if (!pending || code === null || given.get("state") !== pending.state) {
    throw new SignInError("unasked");
  }
  const answer = await exchange({
    grant_type: "authorization_code",
    code,
    redirect_uri: home(),
    code_verifier: pending.verifier,
  });
  if (!answer.ok) throw new SignInError("exchange");
  const found = read((await answer.json()) as Given);
  if (found.claims.nonce !== pending.nonce) throw new SignInError("nonce");
  tokens = found;
  stand("in");
}

/** An access token that is good for a while yet; raises SessionOverError. */
export async function accessToken(): Promise<string> {
  if (!tokens) throw new SessionOverError();
  if (Date.now() >= tokens.ends - EARLY) {
    refreshing ??= refresh().finally(() => {
      refreshing = null;
    });
    await refreshing;
  }
  // Somebody may have signed out meanwhile.
  if (!tokens) throw new SessionOverError();
  return tokens.access;
}

/** End the session at the user pool too, and come back without one. */
export async function signOut(): Promise<void> {
  const token = tokens?.refresh;
  stand("out");
  if (token) {
    const form = new URLSearchParams({ token, client_id: configuration.client_id });
    const options = { method: "POST", body: form, mode: "no-cors", keepalive: true } as const;
    // It ends by itself within hours if this does not get through.
    await fetch(`${configuration.sign_in_url}/oauth2/revoke`, options).catch(() => undefined);
  }
  const asked = new URLSearchParams({ client_id: configuration.client_id, logout_uri: home() });
  location.assign(`${configuration.sign_in_url}/logout?${asked.toString()}`);
}

/** The API takes the token no longer: whoever was here signs in again. */
export const ended = (): void => stand("over");

/** Signing in did not work, or was broken off. */
export const refused = (): void => stand("refused");

async function refresh(): Promise<void> {
  const kept = tokens?.refresh ?? "";
  const answer = await exchange({ grant_type: "refresh_token", refresh_token: kept });
  if (!answer.ok) {
    stand("over");
    throw new SessionOverError();
  }
  const given = (await answer.json()) as Given;
  // Where refresh tokens rotate, the new one is the only one left.
  const found = read({ ...given, refresh_token: given.refresh_token ?? kept });
  if (tokens) tokens = found;
}

function exchange(form: Record<string, string>): Promise<Response> {
  const body = new URLSearchParams({ client_id: configuration.client_id, ...form });
  return fetch(`${configuration.sign_in_url}/oauth2/token`, { method: "POST", body });
}

// The ID token came straight from its issuer over TLS, so what it says is checked and its
// signature need not be (OpenID Connect Core 3.1.3.7); the API checks that of the other.
function read(given: Given): Tokens {
  const claims = JSON.parse(decode(given.id_token.split(".")[1] ?? "")) as Claims;
  const ours = claims.iss === configuration.issuer && claims.aud === configuration.client_id;
  if (!ours || claims.token_use !== "id" || claims.exp * 1000 < Date.now()) {
    throw new SignInError("claims");
  }
  return {
    access: given.access_token,
    refresh: given.refresh_token,
    ends: Date.now() + given.expires_in * 1000,
    claims,
  };
}

function decode(part: string): string {
  const plain = atob(part.replaceAll("-", "+").replaceAll("_", "/"));
  return new TextDecoder().decode(Uint8Array.from(plain, (each) => each.charCodeAt(0)));
}
