import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";

import { ProblemError } from "../lib/api";
import { chooseLanguage } from "../lib/words";
import { StatusBadge } from "./Badge";
import { Button } from "./Button";
import { ConfirmProvider, useConfirm } from "./Confirm";
import { ShortcutHelp, useShortcut } from "./Shortcuts";
import { Shown } from "./States";
import { toast, Toasts } from "./Toasts";

beforeEach(() => chooseLanguage("en"));

test("a toast can be taken back once", async () => {
  const undo = vi.fn();
  render(<Toasts />);
  act(() => toast("Done", { undo }));
  await userEvent.click(screen.getByRole("button", { name: "Undo" }));
  expect(undo).toHaveBeenCalledTimes(1);
  expect(screen.queryByText("Done")).toBeNull();
});

function Asker({ heard }: { heard: (yes: boolean) => void }) {
  const confirm = useConfirm();
  const ask = () =>
    void confirm({ title: "Erase?", text: "For ever.", act: "Erase", danger: true }).then(heard);
  return <Button onPress={ask}>Ask</Button>;
}

test.each([
  ["Erase", true],
  ["Cancel", false],
])("%s answers the question", async (name, yes) => {
  const heard = vi.fn();
  render(
    <ConfirmProvider>
      <Asker heard={heard} />
    </ConfirmProvider>,
  );
  await userEvent.click(screen.getByRole("button", { name: "Ask" }));
  expect(screen.getByRole("alertdialog", { name: "Erase?" })).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name }));
  expect(heard).toHaveBeenCalledWith(yes);
});

function Page({ act: deed }: { act: () => void }) {
  useShortcut("n", "The next one", deed);
  return <input aria-label="Name" />;
}

test("a key is heard on the page, not while somebody writes, and is in the list", async () => {
  const deed = vi.fn();
  render(
    <>
      <Page act={deed} />
      <ShortcutHelp />
    </>,
  );
  await userEvent.keyboard("n");
  expect(deed).toHaveBeenCalledTimes(1);
  await userEvent.type(screen.getByLabelText("Name"), "n?");
  expect(deed).toHaveBeenCalledTimes(1);
  await userEvent.click(document.body);
  await userEvent.keyboard("?");
  expect(screen.getByRole("dialog").textContent).toContain("The next one");
});

test("an answer of no is shown in the API's own sentence, and can be asked again", async () => {
  const refetch = vi.fn();
  const error = new ProblemError({ detail: "Not for you." }, 403);
  render(<Shown of={{ data: undefined, error, refetch }}>{() => "never"}</Shown>);
  expect(screen.getByRole("alert").textContent).toContain("Not for you.");
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(refetch).toHaveBeenCalled();
});

test("a status says what it is and until when, in words", () => {
  render(<StatusBadge status="released" until="2027-05-03" />);
  expect(screen.getByText(/Released/).textContent).toBe("Released · until 3 May 2027");
});
