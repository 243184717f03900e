// Who has an account here, what each may do, and the way to change that.

import { useState } from "react";

import { useFormat } from "../../lib/format";
import { useMay, useMe } from "../../lib/me";
import { useWords } from "../../lib/words";
import { Badge, type Tone } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { useConfirm } from "../../parts/Confirm";
import { Page } from "../../parts/Page";
import { Problem } from "../../parts/Problem";
import { Shown } from "../../parts/States";
import { Table } from "../../parts/Table";
import { useDeed } from "../desk/deeds";
import { disable, enable, useUsers, type User } from "./data";
import css from "./users.module.css";
import { words } from "./words";
import { Written } from "./Written";

const TONES: Readonly<Record<User["status"], Tone>> = {
  invited: "wait",
  active: "yes",
  disabled: "none",
};

export default function Users() {
  const say = useWords(words);
  const may = useMay();
  const [writing, setWriting] = useState<User | "new" | null>(null);
  const users = useUsers();
  const actions = may("user:create") && (
    <Button kind="main" icon="plus" onPress={() => setWriting("new")}>
      {say("invite")}
    </Button>
  );
  return (
    <Page title={say("title")} lead={say("lead")} actions={actions}>
      <Shown of={users.of}>
        {(items) => (
          <>
            <List users={items} change={setWriting} />
            {users.more && (
              <Button onPress={users.more} isDisabled={users.loading}>
                {say("more")}
              </Button>
            )}
          </>
        )}
      </Shown>
      {writing && (
        <Written
          {...(writing === "new" ? {} : { of: writing })}
          close={() => setWriting(null)}
        />
      )}
    </Page>
  );
}

interface ListProps {
  readonly users: readonly User[];
  readonly change: (user: User) => void;
}

function List({ users, change }: ListProps) {
  const say = useWords(words);
  const format = useFormat();
  const me = useMe();
  const may = useMay();
  const confirm = useConfirm();
  const closing = useDeed({ run: disable, said: say("disabled") });
  const opening = useDeed({ run: enable, said: say("enabled") });
  const close = async ({ user_id, email }: User) => {
    const yes = await confirm({
      title: say("disable_title", { email }),
      text: say("disable_text"),
      act: say("disable"),
      danger: true,
    });
    if (yes) closing.act(user_id);
  };
  return (
    <>
      <Problem error={closing.problem ?? opening.problem} />
      <Table
        label={say("list")}
        rows={users}
        keyOf={({ user_id }) => user_id}
        columns={[
          {
            name: say("email"),
            show: ({ email, user_id }) => (
              <span className={css.email}>
                {email}
                {user_id === me?.user_id && <span className={css.soft}> ({say("you")})</span>}
              </span>
            ),
          },
          {
            name: say("roles"),
            show: ({ roles }) =>
              roles.length ? (
                <span className={css.badges}>
                  {roles.map((role) => (
                    <Badge key={role} tone="none" icon="person">
                      {say(`role_${role}`)}
                    </Badge>
                  ))}
                </span>
              ) : (
                say("roles_none")
              ),
          },
          {
            name: say("status"),
            show: ({ status }) => <Badge tone={TONES[status]}>{say(`status_${status}`)}</Badge>,
          },
          { name: say("since"), show: ({ created_at }) => format.day(created_at) },
          {
            name: say("deeds"),
            show: (user) =>
              may("user:change") && (
                <span className={css.buttons}>
                  <Button
                    icon="edit"
                    aria-label={say("change_name", { email: user.email })}
                    onPress={() => change(user)}
                  >
                    {say("roles")}
                  </Button>
                  {user.status === "disabled" ? (
                    <Button
                      icon="undo"
                      aria-label={say("enable_name", { email: user.email })}
                      isDisabled={opening.busy}
                      onPress={() => opening.act(user.user_id)}
                    >
                      {say("enable")}
                    </Button>
                  ) : (
                    <Button
                      kind="danger"
                      aria-label={say("disable_name", { email: user.email })}
                      isDisabled={closing.busy}
                      onPress={() => void close(user)}
                    >
                      {say("disable")}
                    </Button>
                  )}
                </span>
              ),
          },
        ]}
      />
    </>
  );
}
