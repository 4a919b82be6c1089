import { readFileSync, statSync } from "node:fs";
import * as v from "valibot";
import { StartFailure } from "../command/start-failure.ts";
import { pathProblem } from "../disk/make-directory.ts";

/** The newest schema of cloud assemblies that is read: that of the CDK in package.json. */
export const newestAssemblyVersion = 55;

const again = "Synthesize it again (npx cdk synth --output DIR), or leave out --assembly.";

const readText = (path: string): string => {
  // To read a pipe would wait for its writer.
  if (!statSync(path).isFile()) throw new Error("it is not a file");
  return readFileSync(path, "utf8");
};

const problemOf = (error: unknown): string => {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return "it is missing";
  return pathProblem(error);
};

const read = (path: string): string => {
  try {
    return readText(path);
  } catch (cause) {
    throw new StartFailure(
      `${path} of the synthesized app cannot be read: ${problemOf(cause)}. ${again}`,
      { cause },
    );
  }
};

/** Reads a JSON file of a cloud assembly. Throws StartFailure, with what is wrong in it, when it is not what the CDK writes. */
export const readAssemblyFile = <T>(path: string, schema: v.GenericSchema<unknown, T>): T => {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), read(path));
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const place = v.getDotPath(issue);
  const where = place === null ? "" : ` at ${place}`;
  throw new StartFailure(
    `${path} is not what this version of the CDK writes${where}: ${issue.message}. ${again}`,
  );
};

/** Throws StartFailure for an assembly that a newer CDK has made. */
export const checkAssemblyVersion = (path: string, version: string | undefined): void => {
  const major = Number.parseInt(version ?? "0", 10);
  if (major <= newestAssemblyVersion) return;
  throw new StartFailure(
    `${path} was made by another version of the CDK: its schema is ${version}, and this one reads up to ${newestAssemblyVersion}. ${again}`,
  );
};
