// Having the browser keep a file, under a name that stands in no address.

/** Give the browser what is there already. */
export function save(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has begun by then; what it took it keeps.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Fetch it from its signed address first, so that what arrived is known. */
export async function saveFrom(address: string, name: string): Promise<void> {
  const answer = await fetch(address, { cache: "no-store", referrerPolicy: "no-referrer" });
  if (!answer.ok) throw new Error(String(answer.status));
  save(await answer.blob(), name);
}
