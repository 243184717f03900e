import { useWords } from "../lib/words";
import { LinkButton } from "../parts/Button";
import { Page } from "../parts/Page";
import { Empty } from "../parts/States";
import { words } from "./words";

export function NotFound() {
  const say = useWords(words);
  return (
    <Page title={say("not_found")}>
      <Empty
        icon="search"
        title={say("not_found_text")}
        action={<LinkButton href="/">{say("to_home")}</LinkButton>}
      />
    </Page>
  );
}
