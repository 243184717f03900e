// Everything that is being sent from this tab: a few at a time, told to whoever looks at
// most once a frame. It goes on while somebody is in another room.

import { api, ask, ProblemError, type Schema } from "../../lib/api";
import { placeIn } from "../../lib/collections";
import { mediaType, type MediaType } from "./files";
import { send, type Batch, type Sending } from "./sending";

export const AT_ONCE = 4;
const LARGEST = 200 * 1024 * 1024;
const LOOKS = 90; // at a picture that is being taken in, before its own page tells
const PLACINGS = 3;
const LOOK_AGAIN = 2_000; // milliseconds

export type State = "waiting" | "sending" | "examined" | "done" | "refused" | "failed" | "left_out";
export type LeftOut = "empty" | "too_large" | "no_picture" | "chosen_twice";

export interface Item {
  readonly id: number;
  readonly file: File;
  readonly type: MediaType | undefined;
  readonly state: State;
  readonly sent: number;
  readonly leftOut?: LeftOut;
  readonly error?: unknown;
  readonly assetId?: string;
  readonly asset?: Schema["AssetView"];
  readonly anew: number;
}

export interface Snapshot {
  readonly items: readonly Item[];
  readonly active: boolean;
}

type Sender = (sending: Sending) => Promise<string>;
type Place = (asset: Schema["AssetView"], collectionId: string) => Promise<unknown>;
type Look = (assetId: string) => Promise<Schema["AssetView"]>;

const lookAt: Look = (asset_id) =>
  ask(api.GET("/v1/assets/{asset_id}", { params: { path: { asset_id } } }));

export const NO_BATCH: Batch = {
  sessionId: null,
  collectionId: null,
  origin: null,
  replaces: null,
};

export class Queue {
  private items: Item[] = [];
  private snapshot: Snapshot = { items: [], active: false };
  private readonly watchers = new Set<() => void>();
  private readonly batches = new Map<number, Batch>();
  private stopping = new AbortController();
  private running = 0;
  private looking = 0;
  private told = false;
  private last = 0;

  constructor(
    private readonly sender: Sender = send,
    private readonly look: Look = lookAt,
    private readonly pause = LOOK_AGAIN,
    private readonly place: Place = placeIn,
  ) {}

  readonly watch = (watcher: () => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  readonly current = (): Snapshot => this.snapshot;

  /** Put files in the queue; `asIs` keeps what is no picture, too. */
  add(files: readonly File[], batch: Batch, asIs: boolean): void {
    const known = new Set(this.items.map(({ file }) => keyOf(file)));
    for (const file of files) {
      const id = (this.last += 1);
      const type = mediaType(file.name) ?? (asIs ? "application/octet-stream" : undefined);
      const twice = known.has(keyOf(file));
      known.add(keyOf(file));
      const leftOut = twice ? "chosen_twice" : whyNot(file, type);
      this.batches.set(id, batch);
      this.items.push({
        id,
        file,
        type,
        sent: 0,
        anew: 0,
        ...(leftOut ? { state: "left_out", leftOut } : { state: "waiting" }),
      });
    }
    this.go();
  }

  /** Try once more what failed or was refused: one, or all of them. */
  retry(id?: number): void {
    this.items = this.items.map((item) => {
      if (id !== undefined && item.id !== id) return item;
      if (item.state !== "failed" && item.state !== "refused") return item;
      // The library remembers what it refused: a new try is another picture.
      const anew = item.state === "refused" ? item.anew + 1 : item.anew;
      const { id: same, file, type } = item;
      return { id: same, file, type, state: "waiting", sent: 0, anew };
    });
    this.go();
  }

  /** Stop what is under way; what was sent stays, and the rest can be sent later. */
  stop(): void {
    this.stopping.abort();
    this.stopping = new AbortController();
    this.items = this.items.map((item) =>
      item.state === "waiting" ? { ...item, state: "failed" as const } : item,
    );
    this.tell();
  }

  /** Take off the list what needs nothing any more. */
  clear(): void {
    this.items = this.items.filter(({ state }) => state === "waiting" || state === "sending");
    this.tell();
  }

  private go(): void {
    while (this.running < AT_ONCE) {
      const next = this.items.find(({ state }) => state === "waiting");
      if (!next) break;
      this.running += 1;
      void this.one(next).finally(() => {
        this.running -= 1;
        this.go();
      });
    }
    this.tell();
  }

  private async one(item: Item): Promise<void> {
    const { id, file, type, anew } = item;
    const { signal } = this.stopping;
    this.change(id, { state: "sending" });
    try {
      const assetId = await this.sender({
        file,
        type: type ?? "application/octet-stream",
        batch: this.batches.get(id) ?? NO_BATCH,
        anew,
        signal,
        progress: (sent) => this.change(id, { sent: Math.min(sent, file.size) }),
      });
      this.change(id, { state: "examined", sent: file.size, assetId });
      this.watchPictures();
    } catch (error) {
      this.change(id, { state: "failed", sent: 0, error });
    }
  }

  /** Look at what is being taken in: a few at a time, the first ones first. */
  private watchPictures(): void {
    while (this.looking < AT_ONCE) {
      const seen = this.items.find((each) => each.state === "examined" && !each.asset);
      if (!seen?.assetId) return;
      this.looking += 1;
      const placeholder = {} as Schema["AssetView"];
      this.change(seen.id, { asset: placeholder });
      void this.follow(seen.id, seen.assetId).finally(() => {
        this.looking -= 1;
        this.watchPictures();
      });
    }
  }

  private async follow(id: number, assetId: string): Promise<void> {
    for (let looks = 0; looks < LOOKS; looks += 1) {
      const asset = await this.look(assetId).catch(() => null);
      if (asset?.settled || asset?.rejection) {
        if (asset.rejection) return this.change(id, { state: "refused", asset });
        const error = await this.collect(id, asset);
        return this.change(id, { state: "done", asset, ...(error ? { error } : {}) });
      }
      await new Promise((resolve) => setTimeout(resolve, this.pause));
    }
    this.change(id, { state: "done" });
  }

  /** Put what was taken in where its batch goes; why it could not be, if it could not. */
  private async collect(id: number, asset: Schema["AssetView"]): Promise<unknown> {
    const collectionId = this.batches.get(id)?.collectionId;
    if (!collectionId) return undefined;
    let seen = asset;
    for (let tries = 1; ; tries += 1) {
      try {
        await this.place(seen, collectionId);
        return undefined;
      } catch (error) {
        // Something else was said of it meanwhile: once more, of what it is now.
        const moved = error instanceof ProblemError && error.status === 412;
        if (!moved || tries === PLACINGS) return error;
        seen = await this.look(seen.asset_id).catch(() => seen);
      }
    }
  }

  private change(id: number, change: Partial<Item>): void {
    const at = this.items.findIndex((each) => each.id === id);
    const item = this.items[at];
    if (!item) return;
    this.items[at] = { ...item, ...change };
    this.tell();
  }

  /** At most once a frame: hundreds of files tell how far they are. */
  private tell(): void {
    if (this.told) return;
    this.told = true;
    setTimeout(() => {
      this.told = false;
      this.snapshot = {
        items: [...this.items],
        active: this.items.some(({ state }) => state === "waiting" || state === "sending"),
      };
      for (const watcher of this.watchers) watcher();
    }, 50);
  }
}

const keyOf = (file: File) =>
  `${file.webkitRelativePath || file.name} ${file.size} ${file.lastModified}`;

function whyNot(file: File, type: MediaType | undefined): LeftOut | undefined {
  if (file.size === 0) return "empty";
  if (file.size > LARGEST) return "too_large";
  return type ? undefined : "no_picture";
}

/** The one queue of this tab. */
export const queue = new Queue();
