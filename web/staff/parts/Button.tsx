// Buttons: one `main` per page, `danger` for what cannot be undone, `quiet` in a bar.

import type { ReactNode } from "react";
import { Button as Pressable, type ButtonProps } from "react-aria-components";
import { Link } from "wouter";

import css from "./Button.module.css";
import { Icon, type IconName } from "./Icon";

type Kind = "main" | "plain" | "quiet" | "danger";

interface Props extends Omit<ButtonProps, "children" | "className" | "style"> {
  readonly kind?: Kind;
  readonly icon?: IconName;
  readonly children: ReactNode;
}

export function Button({ kind = "plain", icon, children, ...rest }: Props) {
  return (
    <Pressable {...rest} className={`${css.button} ${css[kind]}`}>
      {icon && <Icon name={icon} size={18} />}
      {children}
    </Pressable>
  );
}

interface IconProps extends Omit<ButtonProps, "children" | "className" | "style"> {
  readonly icon: IconName;
  /** What it does, for whoever does not see it; shown as its title, too. */
  readonly label: string;
}

export function IconButton({ icon, label, ...rest }: IconProps) {
  return (
    <Pressable {...rest} aria-label={label} className={`${css.button} ${css.icon}`}>
      <Icon name={icon} />
    </Pressable>
  );
}

interface LinkProps {
  readonly href: string;
  readonly kind?: Kind;
  readonly icon?: IconName;
  readonly children: ReactNode;
}

/** Looks like a button and leads somewhere. */
export function LinkButton({ href, kind = "plain", icon, children }: LinkProps) {
  return (
    <Link href={href} className={`${css.button} ${css[kind]}`}>
      {icon && <Icon name={icon} size={18} />}
      {children}
    </Link>
  );
}
