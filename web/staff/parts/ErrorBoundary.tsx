// A page that broke takes no other one with it.

import { Component, type ReactNode } from "react";

import { useWords } from "../lib/words";
import { Button } from "./Button";
import { Empty } from "./States";
import { words } from "./words";

interface Props {
  readonly children: ReactNode;
}

export class ErrorBoundary extends Component<Props, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    return this.state.broken ? <Crashed /> : this.props.children;
  }
}

function Crashed() {
  const say = useWords(words);
  return (
    <Empty
      icon="warning"
      title={say("crashed")}
      action={<Button onPress={() => location.reload()}>{say("again")}</Button>}
    />
  );
}
