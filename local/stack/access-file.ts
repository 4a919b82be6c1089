import * as v from "valibot";
import { readKept } from "../disk/read-kept.ts";
import { replaceKept } from "../disk/replace-kept.ts";

const AccessSchema = v.object({
  /** The text of each secret, by its name. */
  secrets: v.optional(v.record(v.string(), v.string()), {}),
  /** The id of the key that `stack.json` shows. */
  bridgeKeyId: v.optional(v.string()),
  /** The token that `stack.json` shows; the secrets hold its hash only. */
  readerToken: v.optional(v.string()),
});
/** The keys and tokens of a stack. */
export type StackAccess = Readonly<v.InferOutput<typeof AccessSchema>>;
/** Where the keys and tokens of a stack are kept. */
export type AccessFile = {
  readonly read: () => StackAccess;
  /** Changes some of it. Throws when it cannot be written; then nothing is changed. */
  readonly change: (some: Partial<StackAccess>) => void;
};

const accessFile = (known: StackAccess, write: (access: StackAccess) => void): AccessFile => {
  let access = known;
  return {
    read: () => access,
    change: (some) => {
      const changed = { ...access, ...some };
      write(changed);
      access = changed;
    },
  };
};

/** Keys and tokens that live as long as the process. */
export const memoryAccess = (): AccessFile => accessFile({ secrets: {} }, () => undefined);

const lostAccess =
  "Put back a copy of it, or remove it: then the stack makes a new key and a new token, and those that were added are gone.";

/** Keys and tokens in a file, readable by its owner only. Throws StartFailure when the file cannot be read. */
export const openAccessFile = (path: string): AccessFile => {
  const schema = v.pipe(v.string(), v.parseJson(), AccessSchema);
  const known = readKept(path, schema, lostAccess) ?? { secrets: {} };
  return accessFile(known, (access) => replaceKept(path, `${JSON.stringify(access)}\n`, true));
};
