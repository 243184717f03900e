import { expect, test, vi } from "vitest";

import { ProblemError, type Schema } from "../../lib/api";
import { mediaType } from "./files";
import { AT_ONCE, NO_BATCH, Queue } from "./queue";
import { PART, partsOf, patiently, StoreBusyError } from "./sending";

const settled = { settled: true, rejection: null, faces: [] } as unknown as Schema["AssetView"];
const refused = { settled: true, rejection: { reason: "too_small", detail: {} } } as unknown as Schema["AssetView"];
const batch = NO_BATCH;
const file = (name: string, size = 1) => new File(["x".repeat(size)], name);
const states = (queue: Queue) => queue.current().items.map(({ state }) => state);

test("a few files are sent at once, however many there are", async () => {
  let now = 0;
  let most = 0;
  const queue = new Queue(
    async ({ file: sent }) => {
      most = Math.max(most, (now += 1));
      await new Promise((resolve) => setTimeout(resolve, 1));
      now -= 1;
      return sent.name;
    },
    () => Promise.resolve(settled),
    0,
  );
  queue.add(Array.from({ length: 30 }, (_, at) => file(`${at}.jpg`)), batch, false);
  await vi.waitFor(() => expect(states(queue)).toEqual(Array(30).fill("done")));
  expect(most).toBe(AT_ONCE);
});

test("what is empty, no picture, or chosen twice is left out; unless it is kept as it is", async () => {
  const queue = new Queue(() => Promise.resolve("a"), () => Promise.resolve(settled), 0);
  queue.add([file("a.jpg", 0), file("b.docx"), file("c.JPG"), file("c.JPG")], batch, false);
  await vi.waitFor(() =>
    expect(queue.current().items.map(({ leftOut }) => leftOut)).toEqual([
      "empty",
      "no_picture",
      undefined,
      "chosen_twice",
    ]),
  );
  queue.add([file("d.docx")], batch, true);
  await vi.waitFor(() => expect(states(queue).at(-1)).toBe("done"));
});

test("one failure stops no other, and a refused file is tried as a new one", async () => {
  const tries: number[] = [];
  let broken = true;
  const queue = new Queue(
    ({ file: { name }, anew }) => {
      if (name === "bad.jpg" && broken) return Promise.reject(new StoreBusyError());
      if (name === "small.jpg") tries.push(anew);
      return Promise.resolve(name);
    },
    (id) => Promise.resolve(id === "small.jpg" ? refused : settled),
    0,
  );
  queue.add([file("bad.jpg"), file("good.jpg"), file("small.jpg")], batch, false);
  await vi.waitFor(() => expect(states(queue)).toEqual(["failed", "done", "refused"]));
  broken = false;
  queue.retry();
  await vi.waitFor(() => expect(states(queue)).toEqual(["done", "done", "refused"]));
  expect(tries).toEqual([0, 1]);
});

test("a busy store is asked again, and one that says no is not", async () => {
  const { signal } = new AbortController();
  const act = vi.fn().mockRejectedValueOnce(new StoreBusyError()).mockResolvedValue("etag");
  expect(await patiently(signal, act, 0)).toBe("etag");
  const no = vi.fn().mockRejectedValue(new Error("no"));
  await expect(patiently(signal, no, 0)).rejects.toThrow("no");
  expect(no).toHaveBeenCalledTimes(1);
});

test("a large file goes in parts, a small one whole", () => {
  expect(partsOf(PART)).toEqual([]);
  expect(partsOf(PART + 1)).toEqual([
    [0, PART],
    [PART, PART + 1],
  ]);
  expect(mediaType("IMG.CR2")).toBe("image/x-raw");
  expect(mediaType("README")).toBeUndefined();
});

test("what is taken in is put into the collection of its batch, as it is by then", async () => {
  const seen: number[] = [];
  let revision = 1;
  const queue = new Queue(
    () => Promise.resolve("a"),
    (asset_id) => Promise.resolve({ ...settled, asset_id, revision } as never),
    0,
    (asset, collectionId) => {
      seen.push(asset.revision);
      if (collectionId === "locked") return Promise.reject(new Error("no"));
      if (asset.revision === revision && revision > 1) return Promise.resolve();
      revision += 1;
      return Promise.reject(new ProblemError({} as never, 412));
    },
  );
  queue.add([file("a.jpg")], { ...batch, collectionId: "open" }, false);
  await vi.waitFor(() => expect(states(queue)).toEqual(["done"]));
  expect(seen).toEqual([1, 2]);
  expect(queue.current().items[0]?.error).toBeUndefined();
  queue.add([file("b.jpg")], { ...batch, collectionId: "locked" }, false);
  await vi.waitFor(() => expect(states(queue)).toEqual(["done", "done"]));
  expect(queue.current().items[1]?.error).toEqual(new Error("no"));
});
