import { execFile } from "node:child_process";
import { promisify } from "node:util";

const print = (file: string, call: string) =>
  `const { handler } = await import(${JSON.stringify(file)}); console.log(JSON.stringify(${call}));`;

/** Runs a bundle in a Node of its own with these variables and no others, and returns what `call` makes of `handler`. */
export const runFunction = async (
  file: string,
  env: Readonly<Record<string, string>>,
  call: string,
): Promise<unknown> => {
  const options = ["--input-type=module", "--eval", print(file, call)];
  const { stdout } = await promisify(execFile)(process.execPath, options, { env });
  return JSON.parse(stdout);
};
