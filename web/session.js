// Signing in: authorization code with PKCE (RFC 7636). Tokens live in this module's memory
// and nowhere else; what must outlive the way to the sign-in pages and back (a verifier, a
// state, a nonce: worthless afterwards) is in sessionStorage for that long.

const PENDING = "beeldrecht.sign-in";
const EARLY = 30_000; // milliseconds before its end at which a token counts as ended

let configuration;
let tokens = null;
let refreshing = null;

export class SignInError extends Error {}
export class SessionOverError extends Error {}

export async function configure() {
  const answer = await fetch("/config.json");
  if (!answer.ok) throw new SignInError("config");
  configuration = await answer.json();
}

export const isSignedIn = () => tokens !== null;
export const address = () => tokens?.claims.email ?? "";

const home = () => `${location.origin}/`;
const random = (bytes) => base64url(crypto.getRandomValues(new Uint8Array(bytes)));

function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

// Leave for the sign-in pages; `remembered` comes back with whoever returns.
export async function begin(remembered) {
  const pending = { state: random(24), nonce: random(24), verifier: random(48), remembered };
  sessionStorage.setItem(PENDING, JSON.stringify(pending));
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(pending.verifier));
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
  location.assign(`${configuration.sign_in_url}/oauth2/authorize?${asked}`);
}

// Whether this visit comes from the sign-in pages; the address forgets it at once.
export function returning() {
  const given = new URLSearchParams(location.search);
  if (!given.has("code") && !given.has("error")) return null;
  history.replaceState(null, "", "/");
  const kept = sessionStorage.getItem(PENDING);
  sessionStorage.removeItem(PENDING);
  return { given, pending: kept ? JSON.parse(kept) : null };
}

// Exchange what came back for tokens. A code that we did not ask for is refused.
export async function finish({ given, pending }) {
  if (!pending || !given.has("code") || given.get("state") !== pending.state) {
    throw new SignInError("unasked");
  }
  const answer = await exchange({
    grant_type: "authorization_code",
    code: given.get("code"),
    redirect_uri: home(),
    code_verifier: pending.verifier,
  });
  if (!answer.ok) throw new SignInError("exchange");
  keep(await answer.json());
  if (tokens.claims.nonce !== pending.nonce) {
    tokens = null;
    throw new SignInError("nonce");
  }
}

// An access token that is good for a while yet; raises SessionOverError.
export async function accessToken() {
  if (!tokens) throw new SessionOverError();
  if (Date.now() < tokens.ends - EARLY) return tokens.access;
  refreshing ??= refresh().finally(() => { refreshing = null; });
  await refreshing;
  return tokens.access;
}

// End the session at the user pool too, and come back without one.
export async function signOut() {
  const { refresh: token } = tokens ?? {};
  tokens = null;
  if (token) {
    const form = new URLSearchParams({ token, client_id: configuration.client_id });
    const options = { method: "POST", body: form, mode: "no-cors", keepalive: true };
    // It ends by itself within hours if this does not get through.
    await fetch(`${configuration.sign_in_url}/oauth2/revoke`, options).catch(() => {});
  }
  const asked = new URLSearchParams({ client_id: configuration.client_id, logout_uri: home() });
  location.assign(`${configuration.sign_in_url}/logout?${asked}`);
}

export function forget() {
  tokens = null;
}

async function refresh() {
  const answer = await exchange({ grant_type: "refresh_token", refresh_token: tokens.refresh });
  if (!answer.ok) {
    tokens = null;
    throw new SessionOverError();
  }
  const given = await answer.json();
  // Where refresh tokens rotate, the new one is the only one left.
  keep({ refresh_token: tokens.refresh, ...given });
}

function exchange(form) {
  const body = new URLSearchParams({ client_id: configuration.client_id, ...form });
  return fetch(`${configuration.sign_in_url}/oauth2/token`, { method: "POST", body });
}

// The ID token came straight from its issuer over TLS, so what it says is checked and its
// signature need not be (OpenID Connect Core 3.1.3.7); the API checks that of the other.
function keep(given) {
  const claims = JSON.parse(decode(given.id_token.split(".")[1]));
  const ours = claims.iss === configuration.issuer && claims.aud === configuration.client_id;
  if (!ours || claims.token_use !== "id" || claims.exp * 1000 < Date.now()) {
    tokens = null;
    throw new SignInError("claims");
  }
  tokens = {
    access: given.access_token,
    refresh: given.refresh_token,
    ends: Date.now() + given.expires_in * 1000,
    claims,
  };
}

function decode(part) {
  const plain = atob(part.replaceAll("-", "+").replaceAll("_", "/"));
  return new TextDecoder().decode(Uint8Array.from(plain, (each) => each.charCodeAt(0)));
}
