// What no reader sees, or what turns the direction of what follows; a name may not be longer, or other, than it looks.
const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;
const gap = /[\p{Cc}\p{Z}\s]+/gu;

/** Text as one line of characters that can be seen: every control character, line end or space becomes one space. */
export const toOneLine = (text: string): string =>
  text.toWellFormed().replace(invisible, "").replace(gap, " ").trim();

const segmenter = new Intl.Segmenter("en");
const ellipsis = "...";

/** Of characters that are longer, the first that have at most so many UTF-16 units together. */
const takeUnits = (characters: readonly string[], units: number): string[] => {
  let left = units;
  const end = characters.findIndex((character) => {
    left -= character.length;
    return left < 0;
  });
  return characters.slice(0, end);
};

const charactersOf = (text: string): string[] =>
  [...segmenter.segment(text)].map(({ segment }) => segment);

/** Text of at most `max` UTF-16 units, as phones count; what is cut ends with "...", and no character is split. */
export const cutEnd = (text: string, max: number): string =>
  text.length <= max
    ? text
    : `${takeUnits(charactersOf(text), max - ellipsis.length)
        .join("")
        .trimEnd()}${ellipsis}`;

const shorten = (characters: readonly string[], units: number): string => {
  const tail = takeUnits(characters.toReversed(), Math.floor(units / 3)).toReversed();
  const head = takeUnits(characters, units - tail.join("").length);
  return [...head, ellipsis, ...tail].join("");
};

/**
 * Makes a function that gives a name in at most so many UTF-16 units: what is cut is in the middle, as names often differ
 * at their ends.
 */
export const createShortenName = (name: string) => {
  let split: string[] | undefined;
  return (max: number): string => {
    if (name.length <= max) return name;
    split ??= charactersOf(name);
    return shorten(split, max - ellipsis.length);
  };
};
