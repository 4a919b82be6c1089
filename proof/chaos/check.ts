/** Something that must be so afterwards, and what was found. */
export type Check = {
  readonly name: string;
  readonly isGood: boolean;
  readonly found: string;
};

const shown = 3;

/** A check that is good where nothing is wrong. */
export const toCheck = (name: string, wrong: readonly string[], good: string): Check => ({
  name,
  isGood: wrong.length === 0,
  found:
    wrong.length === 0
      ? good
      : `${wrong.length} wrong, such as ${wrong.slice(0, shown).join("; ")}`,
});

/** Values as one text, to be compared. */
export const comparableText = (...values: readonly unknown[]): string => JSON.stringify(values);
