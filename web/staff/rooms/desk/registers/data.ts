// The registers as the API tells them: the records of a kind with its form, and one record.

import { useQuery } from "@tanstack/react-query";

import { api, ask, type Schema } from "../../../lib/api";
import { read, usePages } from "../deeds";

export type Kind = Schema["RegisterKind"];
export type Form = Schema["FormView"];
export type Summary = Schema["RecordSummary"];
export type Record = Schema["RecordView"];

export const KINDS = [
  "dpia",
  "interest_assessment",
  "processing_agreement",
  "sub_processor",
  "processing_activity",
] as const satisfies readonly Kind[];

/** Everything about a record and its register is asked for anew after a change. */
export const TOUCHED = ["governance"] as const;

/** The records of one register, page by page; each page tells the form of the register. */
export const useRegister = (kind: Kind, enabled = true) =>
  usePages(
    [...TOUCHED, "register", kind],
    (cursor) =>
      ask(
        api.GET("/v1/governance", {
          params: { query: { kind, ...(cursor ? { cursor } : {}) } },
        }),
      ),
    enabled,
  );

/** One record, with the revision that a change is based on. */
export const useRecord = (record_id: string) =>
  useQuery({
    queryKey: [...TOUCHED, "record", record_id],
    queryFn: () => read(api.GET("/v1/governance/{record_id}", { params: { path: { record_id } } })),
  });

/** The version that was written last. */
export const latestOf = ({ versions }: Record) =>
  versions.reduce((last, each) => (each.version > last.version ? each : last));
