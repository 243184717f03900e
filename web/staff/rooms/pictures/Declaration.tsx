// Who is in what nobody can look through: a document, a film, any other file.

import { useState } from "react";

import { api, ask } from "../../lib/api";
import { useTold, useWords } from "../../lib/words";
import { Button, IconButton } from "../../parts/Button";
import { Checkbox } from "../../parts/Fields";
import { Section } from "../../parts/Page";
import { Notice } from "../../parts/States";
import { toast } from "../../parts/Toasts";
import { latest, seen, useDeed, useNames, type Asset } from "./asset";
import { Naming } from "./Naming";
import css from "./pictures.module.css";
import { words } from "./words";

interface Said {
  readonly people: string[];
  readonly rest_stays: boolean;
}

export function Declaration({ asset }: { asset: Asset }) {
  const say = useWords(words);
  const told = useTold();
  const id = asset.asset_id;
  const before = asset.declaration;
  const [people, setPeople] = useState<readonly string[]>(before?.people ?? []);
  const [rest, setRest] = useState(before?.rest_stays ?? false);
  const [changing, setChanging] = useState(before === null);
  const names = useNames(people);
  const may = asset.affordances.includes("appearance:confirm");
  const part = asset.sight === "seen_in_part";

  const put = async (said: Said, on: Asset) =>
    ask(
      api.PUT("/v1/assets/{asset_id}/declaration", {
        params: { path: { asset_id: id }, header: seen(on) },
        body: said,
      }),
    );
  const undo = useDeed(id, async (said: Said) => put(said, await latest(id)));
  const declare = useDeed(
    id,
    (said: Said) => put(said, asset),
    () => {
      setChanging(false);
      const was = before?.people;
      toast(
        say("declared"),
        before && was
          ? { undo: () => undo.mutate({ people: was, rest_stays: before.rest_stays }) }
          : {},
      );
    },
  );

  return (
    <Section
      title={say("declaration")}
      actions={
        may &&
        !changing && (
          <Button icon="edit" onPress={() => setChanging(true)}>
            {say("declare_anew")}
          </Button>
        )
      }
    >
      <div id="declaration" tabIndex={-1} className={css.deeds}>
        <p className={css.soft}>{told(asset.sight)}</p>
        {before && !changing && (
          <p>
            {before.rest_stays
              ? say("declared_rest")
              : before.people === null
                ? say("declared_people_hidden")
                : before.people.length
                  ? before.people.map((each) => names.get(each) ?? "…").join(", ")
                  : say("declared_nobody")}
          </p>
        )}
        {!before && !may && <Notice kind="wait">{say("undeclared")}</Notice>}
        {may && changing && (
          <>
            {part && (
              <Checkbox checked={rest} change={setRest}>
                {say("rest_stays")}
              </Checkbox>
            )}
            {!rest && (
              <>
                <ul className={css.people_in}>
                  {people.map((each) => (
                    <li key={each}>
                      {names.get(each) ?? "…"}
                      <IconButton
                        icon="close"
                        label={say("take_off", { name: names.get(each) ?? "" })}
                        onPress={() => setPeople(people.filter((other) => other !== each))}
                      />
                    </li>
                  ))}
                </ul>
                <Naming
                  label={say("who_is_in_it")}
                  sessionId={asset.session_id}
                  without={people}
                  choose={(person) => setPeople([...people, person])}
                />
              </>
            )}
            <div className={css.buttons}>
              <Button
                kind="main"
                isDisabled={declare.isPending || !asset.settled}
                onPress={() =>
                  declare.mutate({ people: rest ? [] : [...people], rest_stays: rest })
                }
              >
                {rest
                  ? say("declare_rest")
                  : people.length
                    ? say("declare_people", { count: people.length })
                    : say("declare_nobody")}
              </Button>
            </div>
          </>
        )}
      </div>
    </Section>
  );
}
