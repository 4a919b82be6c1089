import { isServerName } from "../lambda/domain/event/server-name.ts";
import { UsageError } from "./terminal/usage-error.ts";

/** The value of `--server-name`, which may be missing. Throws UsageError where it cannot be a T-Server's name. */
export const checkServerName = (name: string | undefined): string | undefined => {
  if (name === undefined) return undefined;
  if (name !== "" && !/^\d+$/.test(name) && isServerName(name)) return name;
  throw new UsageError(
    "--server-name: 1 to 128 characters, not only digits (a number is a local handle, not a name)",
  );
};
