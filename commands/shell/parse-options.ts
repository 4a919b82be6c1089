import type { ParseArgsOptionsConfig } from "node:util";
import { parseArguments } from "../../bridge/terminal/parse-arguments.ts";
import { UsageError } from "../../bridge/terminal/usage-error.ts";

/** The options of a command that takes nothing else. Throws UsageError for any other argument. */
export const parseOptions = <const T extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: T,
) => {
  const { values, positionals } = parseArguments(args, options);
  if (positionals.length > 0) throw new UsageError(`Unknown argument "${positionals[0]}"`);
  return values;
};
