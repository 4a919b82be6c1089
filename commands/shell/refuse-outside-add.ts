import { UsageError } from "../../bridge/terminal/usage-error.ts";

/** Throws UsageError where one of these options, which only `add` takes, was given with another action. */
export const refuseOutsideAdd = <Name extends string>(
  action: string,
  values: Readonly<Partial<Record<Name, unknown>>>,
  names: readonly Name[],
): void => {
  const given = names.find((name) => values[name] !== undefined);
  if (action !== "add" && given !== undefined)
    throw new UsageError(`--${given}: only add takes it`);
};
