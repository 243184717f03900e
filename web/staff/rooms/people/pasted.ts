// Rows of a spreadsheet, or addresses of a mail program, as people to ask.

import type { Schema } from "../../lib/api";

export interface Pasted {
  readonly people: readonly Schema["AskedPerson"][];
  /** Lines without an address that can be one. */
  readonly unread: readonly string[];
}

const ADDRESS = /[^\s<>;,"']+@[^\s<>;,"']+\.[^\s<>;,"']+/;

/** `Name; a@b.nl`, `Name <a@b.nl>`, `a@b.nl, Name` or cells with tabs: one line each.
 *
 * A line with a name and no address is somebody who can sign on a tablet.
 */
export function pasted(text: string, needsAddress: boolean): Pasted {
  const people: Schema["AskedPerson"][] = [];
  const unread: string[] = [];
  for (const line of text.split(/\r?\n/).filter((each) => each.trim())) {
    const email = ADDRESS.exec(line)?.[0] ?? null;
    const name = line
      .replace(ADDRESS, " ")
      .replace(/[<>;,"\t]+/g, " ")
      .replace(/\s+/g, " ")
      .trim();
    if (!name || (needsAddress && !email)) unread.push(line.trim());
    else people.push({ name, country: "NL", ...(email ? { email } : {}) });
  }
  return { people, unread };
}
