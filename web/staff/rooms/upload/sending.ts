// Sending one file: announced by what is in it, posted by its form or put in parts. What
// stopped half-way goes on where it was: the same file has the same key, and the library
// says which parts it has.

import { api, ask, ProblemError, type Schema } from "../../lib/api";
import { turns } from "../../lib/turns";
import type { MediaType } from "./files";

export const PART = 16 * 1024 * 1024; // bytes, as the API describes `part_sha256`
const TRIES = 5;
const LEAVES = 3; // how often leave is asked for anew: it may end on the way
const PAUSE = 800; // milliseconds before the second try; it doubles

type Leave = Schema["UploadView"];

/** The store did not answer or was busy: worth another try. */
export class StoreBusyError extends Error {}
/** The store takes it no longer: leave has to be asked for anew. */
export class LeaveEndedError extends Error {}

export interface Batch {
  readonly sessionId: string | null;
  /** Where each is put once it was taken in. */
  readonly collectionId: string | null;
  readonly origin: Schema["Origin"] | null;
  /** The picture of which it is a newer file. */
  readonly replaces: string | null;
}

export interface Sending {
  readonly file: File;
  readonly type: MediaType;
  readonly batch: Batch;
  /** Not the same try again, but a new one: after a refusal. */
  readonly anew: number;
  readonly progress: (sent: number) => void;
  readonly signal: AbortSignal;
}

const hex = (bytes: ArrayBuffer) =>
  [...new Uint8Array(bytes)].map((each) => each.toString(16).padStart(2, "0")).join("");

async function sha256(data: Blob): Promise<string> {
  return hex(await crypto.subtle.digest("SHA-256", await data.arrayBuffer()));
}

export function partsOf(size: number): readonly (readonly [number, number])[] {
  if (size <= PART) return [];
  return Array.from({ length: Math.ceil(size / PART) }, (_, at) => [
    at * PART,
    Math.min(size, (at + 1) * PART),
  ]);
}

// One file is read at a time: a large one fills the memory by itself.
const inTurn = turns();

function digests(file: File): Promise<{ whole: string; parts: string[] }> {
  const read = async () => {
    const parts: string[] = [];
    for (const [from, to] of partsOf(file.size)) {
      parts.push(await sha256(file.slice(from, to)));
    }
    return { whole: await sha256(file), parts };
  };
  return inTurn(read);
}

/** Send a file; the id of what it becomes. Safe to repeat after any failure. */
export async function send(sending: Sending): Promise<string> {
  const { file, type, batch, anew, signal } = sending;
  const { whole, parts } = await digests(file);
  signal.throwIfAborted();
  const body: Schema["UploadOrder"] = {
    file_name: file.name,
    media_type: type,
    size: file.size,
    sha256: whole,
    part_sha256: parts,
    session_id: batch.sessionId,
    origin: batch.origin,
    replaces: batch.replaces,
  };
  // Whoever drops the same folder again goes on with the same pictures.
  const key = (await sha256(new Blob([JSON.stringify([body, anew])]))).slice(0, 64);
  let leave: Leave = await patiently(signal, () =>
    ask(api.POST("/v1/uploads", { params: { header: { "Idempotency-Key": key } }, body })),
  );
  const asset_id = leave.asset_id;
  for (let again = 1; !leave.arrived; again += 1) {
    try {
      await deliver(leave, sending);
      return asset_id;
    } catch (error) {
      if (!(error instanceof LeaveEndedError) || again === LEAVES) throw error;
      leave = await patiently(signal, () =>
        ask(api.GET("/v1/uploads/{asset_id}", { params: { path: { asset_id } } })),
      );
    }
  }
  sending.progress(file.size);
  return asset_id;
}

async function deliver(leave: Leave, { file, progress, signal }: Sending): Promise<void> {
  if (leave.form) {
    const { url, fields } = leave.form;
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append("file", file);
    await patiently(signal, () => put("POST", url, form, {}, progress, signal));
    return;
  }
  const { multipart } = leave;
  if (!multipart) throw new LeaveEndedError();
  const sent = (multipart.arrived ?? []).map(({ number, etag }) => ({ number, etag }));
  let done = file.size - multipart.parts.reduce((sum, part) => sum + part.size, 0);
  progress(done);
  for (const part of multipart.parts) {
    const from = (part.number - 1) * multipart.part_size;
    const piece = file.slice(from, from + part.size);
    const before = done;
    const etag = await patiently(signal, () =>
      put("PUT", part.url, piece, part.headers, (bytes) => progress(before + bytes), signal),
    );
    sent.push({ number: part.number, etag });
    done += part.size;
  }
  await patiently(signal, () =>
    ask(
      api.POST("/v1/uploads/{asset_id}/complete", {
        params: { path: { asset_id: leave.asset_id } },
        body: {
          upload_id: multipart.upload_id,
          parts: sent.sort((one, other) => one.number - other.number),
        },
      }),
    ),
  );
}

/** Whether asking again may help. */
function passing(error: unknown): boolean {
  if (error instanceof StoreBusyError || error instanceof TypeError) return true;
  return error instanceof ProblemError && (error.status >= 500 || error.status === 429);
}

/** Try some more where that may help; without a network, wait until there is one. */
export async function patiently<Found>(
  signal: AbortSignal,
  act: () => Promise<Found>,
  pause = PAUSE,
): Promise<Found> {
  for (let again = 1; ; again += 1) {
    try {
      return await act();
    } catch (error) {
      signal.throwIfAborted();
      if (!passing(error)) throw error;
      if (!navigator.onLine) {
        await new Promise((resolve) => addEventListener("online", resolve, { once: true }));
        again = 1;
      } else if (again === TRIES) {
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, pause * 2 ** (again - 1)));
    }
  }
}

const BUSY = new Set([0, 408, 429, 500, 502, 503, 504]);

/** One request to the store, past the API; gives the entity tag. */
function put(
  method: "POST" | "PUT",
  url: string,
  body: FormData | Blob,
  headers: Readonly<Record<string, string>>,
  progress: (sent: number) => void,
  signal: AbortSignal,
): Promise<string> {
  return new Promise((resolve, reject) => {
    // fetch tells nothing of how far it is.
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) {
      // A browser says the length by itself and lets nobody else.
      if (name.toLowerCase() !== "content-length") request.setRequestHeader(name, value);
    }
    request.upload.onprogress = (event) => progress(event.loaded);
    request.onload = () => {
      if (request.status < 300) resolve(request.getResponseHeader("ETag") ?? "");
      else if (BUSY.has(request.status)) reject(new StoreBusyError());
      else reject(new LeaveEndedError(String(request.status)));
    };
    request.onerror = () => reject(new StoreBusyError());
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.onabort = () => reject(new DOMException("stopped", "AbortError"));
    request.send(body);
  });
}
