import * as v from "valibot";
import { BridgeNameSchema } from "../lambda/domain/access/bridge-key.ts";
import { isServerName } from "../lambda/domain/event/server-name.ts";
import { UsageError } from "./usage-error.ts";

/**
 * The action and its argument, where each action says how many arguments it takes. Throws UsageError otherwise.
 */
export const requireAction = <Action extends string>(
  positionals: readonly string[],
  counts: Readonly<Record<Action, 0 | 1>>,
): { readonly action: Action; readonly argument: string } => {
  const [word, argument = "", ...rest] = positionals;
  const actions = Object.keys(counts).filter((name): name is Action => name in counts);
  const action = actions.find((name) => name === word);
  if (action === undefined) throw new UsageError(`say one of ${actions.join(", ")}`);
  if (counts[action] === 1 && argument === "") throw new UsageError(`${action} what? Give its id`);
  const extra = counts[action] === 0 ? argument : rest[0];
  if (extra) throw new UsageError(`what is "${extra}"?`);
  return { action, argument };
};

/** The value of `--name`. Throws UsageError when it is missing or not a name that the stack takes. */
export const requireName = (name: string | undefined): string => {
  if (name === undefined) throw new UsageError("--name is missing");
  if (v.is(BridgeNameSchema, name)) return name;
  throw new UsageError(
    "--name: 1 to 64 letters, digits, dots, hyphens and underscores, the first a letter or digit (and no name that JavaScript has, such as constructor)",
  );
};

/** The value of `--server-name`, which may be missing. Throws UsageError where it cannot be a T-Server's name. */
export const checkServerName = (name: string | undefined): string | undefined => {
  if (name === undefined) return undefined;
  if (name !== "" && !/^\d+$/.test(name) && isServerName(name)) return name;
  throw new UsageError(
    "--server-name: 1 to 128 characters, not only digits (a number is a local handle, not a name)",
  );
};
