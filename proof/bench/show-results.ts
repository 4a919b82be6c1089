import { cpus } from "node:os";
import type { Terminal } from "../../bridge/terminal/terminal.ts";
import type { MeasurementResult } from "../results/measurement.ts";
import { toJson, toTable } from "../results/report.ts";

const machine = (): string =>
  `${new Date().toISOString()}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown"}, Node ${process.version}`;

/** Prints what was found, and notes, for programs too, where the machine was too unsteady to trust it. */
export const showResults = (
  results: readonly MeasurementResult[],
  { asJson, terminal }: { readonly asJson: boolean; readonly terminal: Terminal },
): void => {
  terminal.print(asJson ? toJson(results) : `${machine()}\n\n${toTable(results)}`);
  const unsteady = results.filter((result) => result.unsteady).map(({ name }) => name);
  if (unsteady.length === 0) return;
  terminal.note(
    `unsteady: ${unsteady.join(", ")}. The reference itself varied by more than 25 % between the rounds; close other programs.`,
  );
};
