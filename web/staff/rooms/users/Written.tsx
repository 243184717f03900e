// Somebody who is invited, or whose roles are changed: an address and what they may do.

import { useState } from "react";

import { ROLES } from "../../lib/roles";
import { useTold, useWords } from "../../lib/words";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { Checkbox, Form, TextField } from "../../parts/Fields";
import { Problem } from "../../parts/Problem";
import { useDeed, useKey } from "../desk/deeds";
import { appoint, invite, type Role, type User } from "./data";
import css from "./users.module.css";
import { words } from "./words";

interface Props {
  /** Whose roles are changed; somebody new where it is nobody. */
  readonly of?: User;
  readonly close: () => void;
}

export function Written({ of, close }: Props) {
  const say = useWords(words);
  const told = useTold();
  const [email, setEmail] = useState("");
  const [roles, setRoles] = useState<readonly Role[]>(of?.roles ?? ["viewer"]);
  // Sent twice, the same invitation is one; corrected, it is another.
  const [key, anew] = useKey();
  const send = useDeed({
    run: () => (of ? appoint(of.user_id, [...roles]) : invite(email.trim(), [...roles], key)),
    said: say(of ? "changed" : "invited"),
    done: close,
  });
  const choose = (role: Role, on: boolean) => {
    anew();
    setRoles(ROLES.filter((each) => (each === role ? on : roles.includes(each))));
  };
  return (
    <Dialog title={say(of ? "change" : "invite")} open close={close}>
      <p>{of ? say("change_lead", { email: of.email }) : say("invite_lead")}</p>
      <Problem error={send.problem} />
      <Form send={() => send.act(undefined)}>
        {!of && (
          <TextField
            label={say("email")}
            type="email"
            value={email}
            change={(value) => {
              anew();
              setEmail(value);
            }}
            maxLength={254}
            required
          />
        )}
        <div className={css.roles} role="group" aria-label={say("roles")}>
          {ROLES.map((role) => (
            <Checkbox
              key={role}
              checked={roles.includes(role)}
              change={(on) => choose(role, on)}
            >
              <strong>{say(`role_${role}`)}</strong>
              <span className={css.soft}>{told(role)}</span>
            </Checkbox>
          ))}
        </div>
        {roles.length === 0 && <p className={css.soft}>{say("roles_none")}</p>}
        <div className={css.buttons}>
          <Button onPress={close}>{say("cancel")}</Button>
          <Button kind="main" type="submit" isDisabled={send.busy || (!of && !email.trim())}>
            {say(of ? "save" : "invite")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
