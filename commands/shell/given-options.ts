import { UsageError } from "../../bridge/terminal/usage-error.ts";

/** The values of options, as they were parsed. */
export type OptionValues = Readonly<
  Record<string, string | boolean | readonly string[] | undefined>
>;

/** Throws UsageError where an option was given an empty value, as from a variable that is not set. */
export const refuseEmpty = (values: OptionValues): void => {
  const empty = Object.keys(values).find((name) => {
    const value = values[name];
    return value === "" || (Array.isArray(value) && value.includes(""));
  });
  if (empty !== undefined) throw new UsageError(`--${empty} is empty`);
};

/** The value of an option. Throws UsageError where it was not given. */
export const requireOption = (
  values: Readonly<Record<string, string | undefined>>,
  name: string,
): string => {
  const value = values[name];
  if (value === undefined) throw new UsageError(`--${name} is missing`);
  return value;
};

/** Throws UsageError where an option was given to an action that does not take it. `takenBy`: the actions that do. */
export const refuseOutside = (
  action: string,
  values: OptionValues,
  takenBy: Readonly<Record<string, readonly string[]>>,
): void => {
  for (const [name, actions] of Object.entries(takenBy)) {
    if (values[name] === undefined || actions.includes(action)) continue;
    const verb = actions.length === 1 ? "takes" : "take";
    throw new UsageError(`--${name}: only ${actions.join(" and ")} ${verb} it`);
  }
};
