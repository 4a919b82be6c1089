import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { FunctionDefinition } from "../../local/functions/function-definition.ts";

/** A function's handler as deployed. */
export type BuiltHandler = (event: unknown, context?: unknown) => Promise<unknown>;

/** Where a built function is, and the variables that it reads. */
export type BuiltFunction = Pick<FunctionDefinition, "directory" | "environment">;

let copies = 0;

/** Loads a built function into this process, as a fresh execution environment with its variables would. */
export const loadBuiltHandler = async (built: BuiltFunction): Promise<BuiltHandler> => {
  Object.assign(process.env, built.environment);
  copies += 1;
  const file = pathToFileURL(join(built.directory, "index.mjs"));
  // A query makes it another module: nothing is kept of a copy that was loaded before.
  const loaded: { handler: BuiltHandler } = await import(`${file.href}?copy=${copies}`);
  return loaded.handler;
};
