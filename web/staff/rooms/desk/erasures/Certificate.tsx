// The signed proof of an erasure: two files to keep, and how anybody checks them.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { api, ask, ProblemError, type Schema } from "../../../lib/api";
import { useFormat } from "../../../lib/format";
import { save } from "../../../lib/saving";
import { useWords } from "../../../lib/words";
import { Button } from "../../../parts/Button";
import { Facts, Section } from "../../../parts/Page";
import { Failed, Loading, Notice } from "../../../parts/States";
import desk from "../desk.module.css";
import { one } from "./asking";
import { words } from "./words";

type Kept = Schema["KeptCertificateView"];

export function Certificate({ id }: { id: string }) {
  const say = useWords(words);
  const found = useQuery({
    queryKey: ["erasures", "certificate", id],
    queryFn: () => ask(api.GET("/v1/erasures/{erasure_id}/certificate", one(id))),
  });
  // It is made after the last look, so for a moment there is none.
  const early = found.error instanceof ProblemError && found.error.status === 404;
  return (
    <Section title={say("certificate")}>
      {found.data ? (
        <Files kept={found.data} />
      ) : early ? (
        <p className={desk.soft}>{say("not_yet")}</p>
      ) : found.error ? (
        <Failed error={found.error} again={() => void found.refetch()} />
      ) : (
        <Loading rows={2} />
      )}
    </Section>
  );
}

function Files({ kept }: { kept: Kept }) {
  const say = useWords(words);
  const format = useFormat();
  const [whole, setWhole] = useState<boolean | null>(null);
  return (
    <>
      <p>{say("certificate_text")}</p>
      <div className={desk.row}>
        <Button
          kind="main"
          icon="download"
          onPress={() => save(new Blob([bytes(kept.document)], { type: "application/pdf" }), `${kept.erasure_id}.pdf`)}
        >
          {say("fetch_document")}
        </Button>
        <Button
          icon="download"
          onPress={() => save(new Blob([bytes(kept.file)], { type: "application/json" }), `${kept.erasure_id}.json`)}
        >
          {say("fetch_file")}
        </Button>
        <Button icon="check" onPress={() => void agree(kept).then(setWhole)}>
          {say("check_here")}
        </Button>
      </div>
      {whole !== null && (
        <div role="status">
          <Notice kind={whole ? "yes" : "no"}>{say(whole ? "checked" : "check_failed")}</Notice>
        </div>
      )}
      <p className={`${desk.soft} ${desk.small}`}>{say("check_text")}</p>
      <Facts
        facts={[
          [say("issued"), format.moment(kept.issued_at)],
          [say("key"), <a key="key" href="/certificate-key.pem" download>certificate-key.pem</a>],
        ]}
      />
      <Facts facts={[[say("key_digest"), <code key="key">{kept.key_sha256}</code>]]} />
    </>
  );
}

function bytes(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
}

/** Whether the file is the one that the API names, and names this very document. */
export async function agree(kept: Pick<Kept, "file" | "document" | "sha256">): Promise<boolean> {
  const file = bytes(kept.file);
  if ((await digest(file)) !== kept.sha256) return false;
  const said = JSON.parse(new TextDecoder().decode(file)) as { pdf_sha256?: string };
  return said.pdf_sha256 === (await digest(bytes(kept.document)));
}

async function digest(content: BufferSource): Promise<string> {
  const found = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return Array.from(found, (each) => each.toString(16).padStart(2, "0")).join("");
}
