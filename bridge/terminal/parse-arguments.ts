import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { refuseSwallowedOptions } from "./swallowed-options.ts";
import { UsageError } from "./usage-error.ts";

// Node goes on with advice about arguments that begin with a dash, which no command here takes.
const explain = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\. To specify .*/s, "");

/** `parseArgs` of Node, with a mistake thrown as a UsageError: the person sees the usage, not a stack. */
export const parseArguments = <const T extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: T,
) => {
  refuseSwallowedOptions(Object.keys(options), args, process.env);
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(explain(error), { cause: error });
  }
};
