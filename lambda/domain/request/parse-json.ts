import { writeInteger } from "../large-integer.ts";

// No integer of fewer digits is too large for a number, and nothing with a smaller exponent is infinite.
const mayBeLarge = /\d{16}|[eE]\+?\d{3}/;
const stringOrNumber = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const manyDigitsAlone = /^-?\d{16,}$/;
const marks = Array.from({ length: 16 }, (_, index) => String.fromCharCode(0xe000 + index));

// Whether a number that is written so would not be written so again.
const isChanged = (written: string): boolean => {
  const value = Number(written);
  return (manyDigitsAlone.test(written) && String(value) !== written) || !Number.isFinite(value);
};

const isFree = (mark: string, text: string): boolean =>
  !text.includes(mark) && !text.toLowerCase().includes(`\\u${mark.charCodeAt(0).toString(16)}`);

const isContainer = (value: unknown): value is object =>
  typeof value === "object" && value !== null;

// Without recursion: an event may be nested deeply, and must not spoil the others of its request.
const restoreMarked = (root: { value: unknown }, mark: string): void => {
  const left: object[] = [root];
  for (let container = left.pop(); container !== undefined; container = left.pop()) {
    for (const [name, member] of Object.entries(container)) {
      if (isContainer(member)) left.push(member);
      if (typeof member !== "string" || !member.startsWith(mark)) continue;
      // Not by assignment, which would set the prototype where the name is __proto__.
      const value = writeInteger(member.slice(mark.length));
      Object.defineProperty(container, name, { value });
    }
  }
};

/** Parses JSON as `parseJson` does; throws a SyntaxError, with the position in its message, for text that is not JSON. */
export const parseExactly = (text: string): unknown => {
  const value: unknown = JSON.parse(text);
  if (!mayBeLarge.test(text)) return value;
  const mark = marks.find((one) => isFree(one, text));
  if (mark === undefined) return value;
  const marked = text.replace(stringOrNumber, (token) =>
    !token.startsWith('"') && isChanged(token) ? `"${mark}${token}"` : token,
  );
  if (marked === text) return value;
  const root: { value: unknown } = { value: JSON.parse(marked) };
  restoreMarked(root, mark);
  return root.value;
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
