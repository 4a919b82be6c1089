import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Source files by their path from the project's folder, each with its text. */
export type Sources = ReadonlyMap<string, string>;

/** Reads the source files that a pattern matches, in the order of their paths. */
export const readSources = (...patterns: string[]): Sources =>
  new Map(
    globSync(patterns)
      .filter((file) => !file.includes("node_modules/"))
      .toSorted((a, b) => a.localeCompare(b))
      .map((file) => [file, readFileSync(file, "utf8")]),
  );

/** What a file imports, types too: files by their path from the project's folder, packages by their name. */
export const importsOf = (file: string, text: string): string[] =>
  [...text.matchAll(/\b(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(([, path = ""]) =>
    path.startsWith(".") ? join(dirname(file), path) : path,
  );

/** A file's text without its comments. */
export const codeOf = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(?<!:)\/\/.*$/gm, "");
