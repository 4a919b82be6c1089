import { writeInteger } from "../large-integer.ts";

// No integer of fewer digits is too large for a number, and nothing with a smaller exponent is infinite.
const mayBeLarge = /\d{16}|[eE]\+?\d{3}/;
const manyDigitsAlone = /^-?\d{16,}$/;

const keepDigits = (
  _name: string,
  value: unknown,
  context?: { readonly source?: string },
): unknown => {
  const source = context?.source ?? "";
  const isChanged = manyDigitsAlone.test(source) && String(value) !== source;
  return isChanged || value === Infinity || value === -Infinity ? writeInteger(source) : value;
};

/** Parses JSON as `parseJson` does; throws a SyntaxError, with the position in its message, for text that is not JSON. */
export const parseExactly = (text: string): unknown => {
  // Without recursion: it throws for any text that is not JSON, however deeply it is nested.
  const value: unknown = JSON.parse(text);
  if (!mayBeLarge.test(text)) return value;
  try {
    return JSON.parse(text, keepDigits);
  } catch {
    // Nested more deeply than a walk over its members can go, and than an event may be.
    return value;
  }
};

/**
 * Parses JSON; undefined when the text is not JSON. An integer whose digits a number would change, and what a number would make
 * infinite, becomes a LargeInteger, which `JSON.stringify` writes as it was.
 */
export const parseJson = (text: string): { value: unknown } | undefined => {
  try {
    return { value: parseExactly(text) };
  } catch {
    return undefined;
  }
};
