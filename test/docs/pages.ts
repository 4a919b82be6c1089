import { globSync, readFileSync } from "node:fs";

/** Every document of the repository: the files at its root, and those of its folders. */
export const pages: readonly string[] = globSync(
  ["*.md", "{bridge,commands,docs,infra,lambda,local,proof,samples,test}/**/*.md"],
  { exclude: ["**/node_modules/**", "**/dist/**"] },
).toSorted();

/** The text of a page. */
export const readPage = (file: string): string => readFileSync(file, "utf8");
