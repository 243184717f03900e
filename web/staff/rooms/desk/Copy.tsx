// A text to the clipboard, and said so.

import { useWords } from "../../lib/words";
import { Button } from "../../parts/Button";
import { toast } from "../../parts/Toasts";
import { words } from "./words";

/** `name` says what is copied, where several stand on one page. */
export function Copy({ text, name }: { text: string; name?: string }) {
  const say = useWords(words);
  const copy = () => void navigator.clipboard.writeText(text).then(() => toast(say("copied")));
  return (
    <Button icon="collection" onPress={copy} {...(name ? { "aria-label": `${say("copy")}: ${name}` } : {})}>
      {say("copy")}
    </Button>
  );
}
