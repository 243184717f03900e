// What stands below the picture: for whoever may see or do each.

import { useWords } from "../../lib/words";
import { LinkButton } from "../../parts/Button";
import { Section } from "../../parts/Page";
import type { Asset } from "./asset";
import { Bases } from "./Bases";
import { Danger } from "./Danger";
import { Declaration } from "./Declaration";
import { Details } from "./Details";
import type { Freeze } from "./freezing";
import { Disclosures, Recorded } from "./History";
import css from "./pictures.module.css";
import { Versions } from "./Versions";
import { words } from "./words";

interface Props {
  readonly asset: Asset;
  readonly freeze: Freeze;
}

export function More({ asset, freeze }: Props) {
  const say = useWords(words);
  const alike = [...new Set([asset.duplicate_of ?? [], asset.near_duplicates ?? []].flat())];
  return (
    <div className={css.below}>
      {asset.sight !== "seen_whole" && asset.original && (
        <Declaration key={asset.declaration?.declared_by ?? ""} asset={asset} />
      )}
      <Details asset={asset} />
      {asset.original && <Versions asset={asset} />}
      {alike.length > 0 && (
        <Section title={say("alike")}>
          <div className={css.buttons}>
            {alike.map((each, at) => (
              <LinkButton key={each} href={`/pictures/${each}`} icon="picture">
                {each === asset.duplicate_of
                  ? say("same_file")
                  : say("nearly_same", { number: at + 1 })}
              </LinkButton>
            ))}
          </div>
        </Section>
      )}
      {asset.affordances.includes("basis:read") && <Bases asset={asset} />}
      {asset.affordances.includes("disclosure:read") && <Disclosures asset={asset} />}
      <Recorded asset={asset} />
      <Danger asset={asset} freeze={freeze} />
    </div>
  );
}
