// A dialog over the page: the keyboard stays in it, Escape closes it.

import type { ReactNode } from "react";
import {
  Dialog as Content,
  Heading,
  Modal,
  ModalOverlay,
} from "react-aria-components";

import { useWords } from "../lib/words";
import { IconButton } from "./Button";
import css from "./Dialog.module.css";
import { words } from "./words";

interface Props {
  readonly title: string;
  readonly open: boolean;
  readonly close: () => void;
  readonly wide?: boolean;
  /** What stands below: the buttons. */
  readonly actions?: ReactNode;
  /** For what must be decided: a click beside it does not close it. */
  readonly firm?: boolean;
  readonly children: ReactNode;
}

export function Dialog({ title, open, close, wide, actions, firm, children }: Props) {
  const say = useWords(words);
  return (
    <ModalOverlay
      className={css.overlay ?? ""}
      isOpen={open}
      onOpenChange={(still) => {
        if (!still) close();
      }}
      isDismissable={!firm}
    >
      <Modal className={(wide ? css.wide : css.modal) ?? ""}>
        <Content className={css.dialog ?? ""} role={firm ? "alertdialog" : "dialog"}>
          <div className={css.head}>
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <IconButton icon="close" label={say("close")} onPress={close} />
          </div>
          <div className={css.body}>{children}</div>
          {actions && <div className={css.actions}>{actions}</div>}
        </Content>
      </Modal>
    </ModalOverlay>
  );
}
