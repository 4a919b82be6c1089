import { UsageError } from "../../bridge/terminal/usage-error.ts";

/** The value of `--json`, which `list` and `add` know. Throws UsageError for another action. */
export const requireJson = (json: boolean | undefined, action: string): boolean => {
  if (json && action !== "list" && action !== "add")
    throw new UsageError("--json: only list and add have results as JSON");
  return json ?? false;
};
