import { expect, test } from "vitest";

import { turns } from "./turns";

test("each begins when the one before it is over, also when that failed", async () => {
  const inTurn = turns();
  const seen: string[] = [];
  const act = (name: string, fails: boolean) => async () => {
    seen.push(`${name} begins`);
    await Promise.resolve();
    seen.push(`${name} ends`);
    if (fails) throw new Error(name);
    return name;
  };
  const first = inTurn(act("first", true));
  const second = inTurn(act("second", false));
  await expect(first).rejects.toThrow("first");
  expect(await second).toBe("second");
  expect(seen).toEqual(["first begins", "first ends", "second begins", "second ends"]);
});
