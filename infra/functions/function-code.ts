import { existsSync } from "node:fs";
import { Code } from "aws-cdk-lib/aws-lambda";

/** The deployed functions: the entries of lambda/. */
export type FunctionName = "ingest" | "fanout" | "evaluate" | "query" | "operate" | "authorize";

/** Finds the code of a function. */
export type FunctionCode = (name: FunctionName) => Code;

/** The code as `npm run build` wrote it, without its source map. Throws if the function has not been built. */
export const builtCode: FunctionCode = (name) => {
  const folder = `dist/${name}`;
  if (!existsSync(folder)) throw new Error(`${folder} is missing: run "npm run build" first.`);
  return Code.fromAsset(folder, { exclude: ["*.map"] });
};
