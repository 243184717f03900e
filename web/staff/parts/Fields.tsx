// Fields with their label, a hint and what is wrong with them, tied together.

import type { ReactNode } from "react";
import {
  Checkbox as Check,
  FieldError,
  Input,
  Label,
  NumberField as Numbers,
  Text,
  TextArea,
  TextField as Field,
} from "react-aria-components";

import css from "./Fields.module.css";
import { Icon } from "./Icon";

interface TextProps {
  readonly label: string;
  readonly value: string;
  readonly change: (value: string) => void;
  readonly hint?: string;
  readonly error?: string;
  readonly type?: "text" | "email" | "date" | "password" | "search" | "url" | "datetime-local";
  readonly required?: boolean;
  readonly disabled?: boolean;
  /** Lines of a longer text; one line where it is left out. */
  readonly lines?: number;
  readonly maxLength?: number;
  readonly name?: string;
}

export function TextField(props: TextProps) {
  const { label, value, change, hint, error, type = "text", lines } = props;
  return (
    <Field
      className={css.field ?? ""}
      value={value}
      onChange={change}
      type={type === "datetime-local" || type === "date" ? "text" : type}
      isRequired={props.required ?? false}
      isDisabled={props.disabled ?? false}
      isInvalid={error !== undefined}
      {...(props.maxLength === undefined ? {} : { maxLength: props.maxLength })}
      {...(props.name === undefined ? {} : { name: props.name })}
    >
      <Label>{label}</Label>
      {lines ? (
        <TextArea rows={lines} />
      ) : (
        // A password that is made here is nobody's own: no browser is to fill one in.
        <Input type={type} {...(type === "password" ? { autoComplete: "new-password" } : {})} />
      )}
      {hint && <Text slot="description">{hint}</Text>}
      <FieldError>{error}</FieldError>
    </Field>
  );
}

interface NumberProps {
  readonly label: string;
  readonly value: number;
  readonly change: (value: number) => void;
  readonly min?: number;
  readonly max?: number;
  readonly hint?: string;
  readonly disabled?: boolean;
}

export function NumberField({ label, value, change, hint, min, max, disabled }: NumberProps) {
  return (
    <Numbers
      className={css.field ?? ""}
      value={value}
      onChange={change}
      isDisabled={disabled ?? false}
      {...(min === undefined ? {} : { minValue: min })}
      {...(max === undefined ? {} : { maxValue: max })}
    >
      <Label>{label}</Label>
      <Input />
      {hint && <Text slot="description">{hint}</Text>}
      <FieldError />
    </Numbers>
  );
}

export interface Option {
  readonly value: string;
  readonly words: string;
}

interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly Option[];
  readonly change: (value: string) => void;
  readonly hint?: string;
  readonly disabled?: boolean;
}

/** The browser's own: it is at home on a telephone, and every keyboard knows it. */
export function Select({ label, value, options, change, hint, disabled }: SelectProps) {
  return (
    <label className={css.field}>
      <span className={css.label}>{label}</span>
      <select
        value={value}
        disabled={disabled}
        onChange={(event) => change(event.target.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.words}
          </option>
        ))}
      </select>
      {hint && <span className={css.hint}>{hint}</span>}
    </label>
  );
}

interface CheckProps {
  readonly checked: boolean;
  readonly change: (checked: boolean) => void;
  /** Its words; left out where they stand beside it, and then it has a `label`. */
  readonly children?: ReactNode;
  readonly label?: string;
  readonly disabled?: boolean;
  readonly indeterminate?: boolean;
}

export function Checkbox(props: CheckProps) {
  const { checked, change, children, label, disabled, indeterminate } = props;
  return (
    <Check
      {...(label === undefined ? {} : { "aria-label": label })}
      className={css.check ?? ""}
      isSelected={checked}
      onChange={change}
      isDisabled={disabled ?? false}
      isIndeterminate={indeterminate ?? false}
    >
      <span className={css.box}>
        <Icon name={indeterminate ? "minus" : "check"} size={14} />
      </span>
      {children !== undefined && <span>{children}</span>}
    </Check>
  );
}

/** Fields in a column, sent with Enter. */
export function Form({ send, children }: { send: () => void; children: ReactNode }) {
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {children}
    </form>
  );
}
