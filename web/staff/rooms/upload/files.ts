// What somebody dropped, as files: folders are walked through, and what a file is follows
// from the ending of its name. Only a courtesy: the library judges the file by itself.

import type { Schema } from "../../lib/api";

export type MediaType = Schema["UploadOrder"]["media_type"];

const ENDINGS: Readonly<Record<string, MediaType>> = {
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  tif: "image/tiff",
  tiff: "image/tiff",
  heic: "image/heic",
  heif: "image/heic",
  avif: "image/avif",
  pdf: "application/pdf",
  mp4: "video/mp4",
  m4v: "video/mp4",
  mov: "video/quicktime",
  webm: "video/webm",
  ...Object.fromEntries(
    ["dng", "cr2", "nef", "nrw", "arw", "sr2", "pef", "srw", "raf", "rw2", "orf"].map(
      (ending) => [ending, "image/x-raw" as const],
    ),
  ),
};

/** What a file is by its name; undefined where it is nothing that has a picture. */
export function mediaType(name: string): MediaType | undefined {
  const dot = name.lastIndexOf(".");
  return dot < 0 ? undefined : ENDINGS[name.slice(dot + 1).toLowerCase()];
}

/** Every file of what was dropped, those in folders too; hidden files are left out. */
export async function dropped(items: DataTransferItemList): Promise<File[]> {
  // Asked for at once: the list is empty after the first wait.
  const entries = [...items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const found: File[] = [];
  for (const entry of entries) await walk(entry, found);
  return found;
}

async function walk(entry: FileSystemEntry, found: File[]): Promise<void> {
  if (entry.name.startsWith(".")) return;
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    found.push(file);
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    // A browser gives a hundred at a time, and none when there are no more.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (!some.length) return;
    for (const each of some) await walk(each, found);
  }
}
