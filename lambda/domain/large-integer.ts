/**
 * An integer that no JavaScript number holds, or a number beyond the largest (1e400), as it is written in JSON.
 * `JSON.stringify` writes it so again.
 */
export type LargeInteger = { readonly rawJSON: string };

declare global {
  // Node has both since version 21; TypeScript's library does not declare them yet.
  interface JSON {
    rawJSON(text: string): LargeInteger;
    isRawJSON(value: unknown): value is LargeInteger;
  }
}

/** A number that is written so; it must be one. */
export const writeInteger = (digits: string): LargeInteger => JSON.rawJSON(digits);

/** Whether a value of parsed JSON is an integer that no JavaScript number holds, see `parseJson`. */
export const isLargeInteger = (value: unknown): value is LargeInteger =>
  // Node's own test last: it alone would take longer than most checks of an attribute.
  typeof value === "object" && value !== null && "rawJSON" in value && JSON.isRawJSON(value);

/** Takes a large integer for the number next to it: enough to see that it is out of bounds. Anything else stays. */
export const roundInteger = (value: unknown): unknown =>
  isLargeInteger(value) ? Number(value.rawJSON) : value;

/** Whether a value of parsed JSON is an object with members. */
export const isJsonObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !isLargeInteger(value);
