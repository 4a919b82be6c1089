import { type ParseArgsOptionsConfig, parseArgs } from "node:util";

/** The first argument that is neither an option nor an option's value. */
export const firstWord = (
  args: readonly string[],
  options: ParseArgsOptionsConfig,
): string | undefined =>
  parseArgs({ args: [...args], options, allowPositionals: true, strict: false }).positionals[0];
