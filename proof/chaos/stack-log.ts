import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Listens to what the stacks of a directory print from now on: answers whether that was among it. */
export const listenToStack = (directory: string): ((words: string) => boolean) => {
  const read = () => readFileSync(join(directory, "stack.log"), "utf8");
  const before = read().length;
  return (words) => read().slice(before).includes(words);
};
