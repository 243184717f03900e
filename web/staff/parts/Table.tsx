// Rows of facts that become cards on a telephone.

import type { ReactNode } from "react";

import css from "./Table.module.css";

export interface Column<Row> {
  readonly name: string;
  readonly show: (row: Row) => ReactNode;
}

interface Props<Row> {
  /** What the table holds, for whoever does not see its heading. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
}

export function Table<Row>({ label, columns, rows, keyOf }: Props<Row>) {
  return (
    <table className={css.table} aria-label={label}>
      <thead>
        <tr>
          {columns.map(({ name }) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map(({ name, show }) => (
              <td key={name} data-name={name}>
                {show(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
