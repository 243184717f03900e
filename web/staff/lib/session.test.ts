import { afterEach, beforeEach, expect, test, vi } from "vitest";

const CONFIG = {
  issuer: "https://issuer.example",
  client_id: "us",
  sign_in_url: "https://sign-in.example",
  scope: "openid email",
};

const coded = (claims: object) => `x.${btoa(JSON.stringify(claims))}.x`;
let claims: Record<string, unknown>;
let answers: { refresh: boolean };
let exchanged: URLSearchParams[];

function given() {
  return {
    id_token: coded(claims),
    access_token: `access-${exchanged.length}`,
    refresh_token: "refresh",
    expires_in: exchanged.length > 1 ? 600 : 0,
  };
}

async function arrived(state = "s") {
  vi.resetModules();
  const session = await import("./session");
  await session.configure();
  const pending = {
    state: "s",
    nonce: "n",
    verifier: "v",
    remembered: { language: "nl", path: "/library" },
  };
  const query = new URLSearchParams({ code: "c", state });
  return { session, back: { given: query, pending } };
}

beforeEach(() => {
  claims = {
    iss: CONFIG.issuer,
    aud: "us",
    token_use: "id",
    exp: Date.now() / 1000 + 600,
    email: "e@example.org",
    nonce: "n",
  };
  answers = { refresh: true };
  exchanged = [];
  vi.stubGlobal("fetch", (url: string, options?: { body: URLSearchParams }) => {
    if (url === "/config.json") return Promise.resolve(Response.json(CONFIG));
    exchanged.push(options?.body ?? new URLSearchParams());
    const ok = exchanged.length === 1 || answers.refresh;
    return Promise.resolve(Response.json(given(), { status: ok ? 200 : 400 }));
  });
});
afterEach(() => vi.unstubAllGlobals());

test("who comes back with what was asked for is in, and the code goes with its proof", async () => {
  const { session, back } = await arrived();
  await session.finish(back);
  expect(session.currentStanding()).toBe("in");
  expect(session.address()).toBe("e@example.org");
  expect(exchanged[0]?.get("code_verifier")).toBe("v");
});

test.each([
  ["another state", {}, "other"],
  ["another nonce", { nonce: "x" }, "s"],
  ["another issuer", { iss: "https://else.example" }, "s"],
  ["for somebody else", { aud: "them" }, "s"],
  ["one that is over", { exp: 1 }, "s"],
  ["an access token", { token_use: "access" }, "s"],
])("%s lets nobody in", async (_, wrong, state) => {
  Object.assign(claims, wrong);
  const { session, back } = await arrived(state);
  await expect(session.finish(back)).rejects.toBeInstanceOf(session.SignInError);
  expect(session.currentStanding()).toBe("out");
  await expect(session.accessToken()).rejects.toBeInstanceOf(session.SessionOverError);
});

test("a token near its end is renewed once, however many ask for it", async () => {
  const { session, back } = await arrived();
  await session.finish(back);
  const tokens = await Promise.all([session.accessToken(), session.accessToken()]);
  expect(exchanged).toHaveLength(2);
  expect(new Set(tokens)).toEqual(new Set(["access-2"]));
});

test("a session that cannot be renewed is over, and says so", async () => {
  const { session, back } = await arrived();
  await session.finish(back);
  answers.refresh = false;
  await expect(session.accessToken()).rejects.toBeInstanceOf(session.SessionOverError);
  expect(session.currentStanding()).toBe("over");
});
