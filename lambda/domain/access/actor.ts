import * as v from "valibot";

/**
 * Who did something: `author` is the name of their token, `tokenId` its id; `onBehalfOf` is the name that they gave,
 * which no one has checked. Absent where they gave none, or the token's own.
 */
export type Actor = {
  author: string;
  onBehalfOf?: string | undefined;
  tokenId: string;
};

/** An actor in stored items. Older versions stored only an author, as the caller gave it. */
export const actorEntries = {
  author: v.string(),
  onBehalfOf: v.optional(v.string()),
  tokenId: v.optional(v.string()),
};
