// What can be done with everything that is chosen; each deed where the API allows it.

import { useState } from "react";

import type { Operation } from "../../lib/api";
import { useMay } from "../../lib/me";
import { useWords } from "../../lib/words";
import { Button } from "../../parts/Button";
import { toast } from "../../parts/Toasts";
import { AskConsent } from "./AskConsent";
import { Collect } from "./Collect";
import { Describe } from "./Describe";
import css from "./Library.module.css";
import { Pack } from "./Pack";
import type { Found } from "./search";
import { ShareThem } from "./ShareThem";
import { words } from "./words";

const DEEDS = [
  { name: "edit", needs: "asset:describe", icon: "edit", most: 100 },
  { name: "collect", needs: "collection:fill", icon: "collection", most: 500 },
  { name: "share", needs: "share:create", icon: "share", most: 200 },
  { name: "pack", needs: "asset:download", icon: "download", most: 100 },
  { name: "ask", needs: "consent_request:create", icon: "mail", most: 20 },
] as const satisfies readonly { name: string; needs: Operation; icon: string; most: number }[];

type Deed = (typeof DEEDS)[number]["name"];

export interface DeedProps {
  readonly chosen: readonly Found[];
  readonly close: () => void;
}

export function Deeds({ chosen, clear }: { chosen: readonly Found[]; clear: () => void }) {
  const say = useWords(words);
  const may = useMay();
  const [doing, setDoing] = useState<Deed | null>(null);
  const props: DeedProps = { chosen, close: () => setDoing(null) };
  return (
    <section className={css.deeds} aria-label={say("deeds")}>
      <strong role="status">{say("chosen", { count: chosen.length })}</strong>
      {DEEDS.filter(({ needs }) => may(needs)).map(({ name, icon, most: many }) => (
        <Button
          key={name}
          icon={icon}
          kind="quiet"
          onPress={() => {
            if (chosen.length <= many) setDoing(name);
            else toast(say("too_many", { count: many }), { kind: "no" });
          }}
        >
          {say(name)}
        </Button>
      ))}
      <Button kind="quiet" icon="close" onPress={clear}>
        {say("none")}
      </Button>
      {doing === "edit" && <Describe {...props} />}
      {doing === "collect" && <Collect {...props} />}
      {doing === "share" && (
        <ShareThem assetIds={chosen.map(({ asset_id }) => asset_id)} close={props.close} />
      )}
      {doing === "pack" && (
        <Pack assetIds={chosen.map(({ asset_id }) => asset_id)} close={props.close} />
      )}
      {doing === "ask" && <AskConsent {...props} />}
    </section>
  );
}
