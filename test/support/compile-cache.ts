import { env } from "node:process";

const { NODE_COMPILE_CACHE } = env;

/** What a Node gets that inherits no environment from the tests, so that it does not compile again what others have. */
export const compileCache: Readonly<Record<string, string>> =
  NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE };
