// Choosing somebody on record: what is typed narrows the list, and stays on this page.

import { useQuery } from "@tanstack/react-query";
import {
  ComboBox,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Text,
} from "react-aria-components";

import { api, ask, type Schema } from "../../lib/api";
import { useWords } from "../../lib/words";
import css from "./PersonField.module.css";
import { words } from "./words";

type Listed = Schema["PersonList"]["items"][number];

const MOST_PAGES = 30;

/** Everybody, as the API lists them: it has no search of names, and they are few. */
async function everybody(): Promise<readonly Listed[]> {
  const found: Listed[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query: { limit: number; cursor?: string } = { limit: 100, ...(cursor ? { cursor } : {}) };
    const answer: Schema["PersonList"] = await ask(api.GET("/v1/people", { params: { query } }));
    found.push(...answer.items);
    cursor = answer.cursor;
    if (!cursor) break;
  }
  return found;
}

interface Props {
  readonly label: string;
  readonly value: string | null;
  readonly change: (personId: string | null) => void;
}

export function PersonField({ label, value, change }: Props) {
  const say = useWords(words);
  const { data } = useQuery({ queryKey: ["people", "everybody"], queryFn: everybody });
  const known = (data ?? []).filter((each) => each.name);
  return (
    <ComboBox
      className={css.field ?? ""}
      selectedKey={value}
      onSelectionChange={(key) => change(key === null ? null : String(key))}
      defaultItems={known}
      menuTrigger="focus"
      allowsEmptyCollection
      isRequired
    >
      <Label>{label}</Label>
      <Input />
      <Text slot="description">{say("find_hint")}</Text>
      <Popover className={css.popover ?? ""}>
        <ListBox
          className={css.list ?? ""}
          renderEmptyState={() => <p className={css.none}>{say("nobody_found")}</p>}
        >
          {(person: Listed) => (
            <ListBoxItem id={person.person_id} textValue={person.name ?? ""} className={css.item ?? ""}>
              {person.name}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
