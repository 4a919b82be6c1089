import * as v from "valibot";
import { UsageError } from "../../bridge/terminal/usage-error.ts";
import { BridgeNameSchema } from "../../lambda/domain/access/bridge-key.ts";

/** The value of `--name`. Throws UsageError when it is missing or not a name that the stack takes. */
export const requireName = (name: string | undefined): string => {
  if (name === undefined) throw new UsageError("--name is missing");
  if (v.is(BridgeNameSchema, name)) return name;
  throw new UsageError(
    "--name: 1 to 64 letters, digits, dots, hyphens and underscores, the first a letter or digit (and no name that JavaScript has, such as constructor)",
  );
};
