// What waits for a second person: the very list of the work room.

import { useWords } from "../../../lib/words";
import { Proposals } from "../../../parts/Proposals";
import { DeskPage } from "../DeskPage";
import { words } from "../words";

export function DeskProposals() {
  const say = useWords(words);
  return (
    <DeskPage title={say("proposals")}>
      <Proposals />
    </DeskPage>
  );
}
