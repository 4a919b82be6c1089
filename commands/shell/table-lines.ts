import { printable } from "../../bridge/terminal/printable.ts";

/** Rows as lines, with the columns aligned; the first row is the heading. */
export const tableLines = (rows: readonly (readonly string[])[]): string[] => {
  const widths: number[] = [];
  for (const row of rows)
    for (const [column, cell] of row.entries())
      widths[column] = Math.max(widths[column] ?? 0, printable(cell).length);
  return rows.map((row) =>
    row
      .map((cell, column) => printable(cell).padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
};
