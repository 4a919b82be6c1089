import * as v from "valibot";
import { isJsonObject, isLargeInteger, type LargeInteger, roundInteger } from "../large-integer.ts";
import { isCleanText } from "../text.ts";

const maxUnsigned32 = 4_294_967_295;

/** Takes decimal text for the number that it writes; anything else stays as it is. */
export const readNumber = (value: unknown): unknown =>
  typeof value === "string" && /^-?\d{1,16}$/.test(value) ? Number(value) : value;

// One check instead of valibot's three: each step of a pipe costs, and half of an event's values are numbers.
const isBetween = (value: number, minimum: number, maximum: number): boolean =>
  Number.isInteger(value) && value >= minimum && value <= maximum;
const integer = (rule: string, minimum: number, maximum: number) =>
  v.pipe(
    v.unknown(),
    v.transform((value) => roundInteger(readNumber(value))),
    v.number(rule),
    v.check((value) => isBetween(value, minimum, maximum), rule),
  );

/** An integer, or decimal text of one. */
export const anyInteger = integer(
  "must be an integer",
  Number.MIN_SAFE_INTEGER,
  Number.MAX_SAFE_INTEGER,
);
export const unsigned32 = integer("must be an unsigned 32-bit integer", 0, maxUnsigned32);

/** Text of 1 to `maxLength` characters that every store and terminal takes. */
export const name = (maxLength: number) => {
  const rule = `must be a string of 1 to ${maxLength} characters`;
  return v.pipe(
    v.string(rule),
    v.maxLength(maxLength, rule),
    v.check(isCleanText, "must be well-formed Unicode without control characters"),
  );
};

/** Text of any kind; what is not well-formed Unicode in it is replaced. */
export const message = v.pipe(
  v.string("must be a string"),
  v.transform((text) => text.toWellFormed()),
);

const serverRule = "must be an integer, or a string of 1 to 128 characters";

/** A handle, or a name. */
export const serverHandle = v.union(
  [
    v.pipe(v.number(serverRule), v.integer(serverRule)),
    name(128),
    v.pipe(
      v.custom<LargeInteger>(isLargeInteger),
      v.transform(({ rawJSON }) => Number(rawJSON)),
      v.finite(serverRule),
    ),
  ],
  serverRule,
);

/** One of several names, in any of its spellings. `rule` says in a problem what it must be. */
export const enumeration = (spellings: ReadonlyMap<unknown, string>, rule: string) =>
  v.pipe(
    v.unknown(),
    v.transform((value) => spellings.get(value)),
    v.string(rule),
  );

/** Seconds or microseconds alone: what a time is made of, see `spellOut`. */
export const partOfTime = v.pipe(v.unknown(), v.transform(readNumber));

export const keyValueList = v.custom<object>(isJsonObject, "must be an object");

// Event identification is optional: an event whose identification cannot be read goes without it. Zero means "absent".
const readSequenceNumber = (value: unknown): number | undefined => {
  const number = readNumber(value);
  return typeof number === "number" && isBetween(number, 1, maxUnsigned32) ? number : undefined;
};
const readStartTime = (value: unknown): number | string | undefined => {
  // As text it identifies what its digits do.
  const start = isLargeInteger(value) ? value.rawJSON : readNumber(value);
  return typeof start === "string" || (typeof start === "number" && start !== 0)
    ? start
    : undefined;
};

/** The number of an event since its T-Server started; absent where it cannot be read. */
export const sequenceNumber = v.optional(v.pipe(v.unknown(), v.transform(readSequenceNumber)));

/** When the T-Server started; absent where it cannot be read. */
export const startTime = v.optional(v.pipe(v.unknown(), v.transform(readStartTime)));
