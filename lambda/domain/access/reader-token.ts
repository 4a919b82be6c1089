import * as v from "valibot";

/** What a reader may be allowed to do. */
export const scopes = [
  "registrations:read",
  "registrations:write",
  "alerts:read",
  "alerts:write",
] as const;
export type Scope = (typeof scopes)[number];

/** One reader's token: stored as the SHA-256 (hex) of its text, shown once when it is made. */
export const ReaderTokenSchema = v.object({
  id: v.string(),
  name: v.string(),
  hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  scopes: v.array(v.picklist(scopes)),
  createdAt: v.string(),
});
export type ReaderToken = v.InferOutput<typeof ReaderTokenSchema>;

/** The secret that holds the tokens, as text. */
export const ReaderTokensSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ tokens: v.array(ReaderTokenSchema) }),
);
export type ReaderTokens = v.InferOutput<typeof ReaderTokensSchema>;
