const maxValueLength = 8 * 1024 * 1024;
const isSpace = (char: string): boolean =>
  char === " " || char === "\n" || char === "\r" || char === "\t";
// What stands between values and says nothing: NULs, and the three bytes of the mark that each of several files begins with.
const isFiller = (char: string): boolean => "\0\u00EF\u00BB\u00BF".includes(char);

/** A JSON value's text, and its place in the array that it stands in. */
export type FoundValue = {
  readonly text: string;
  readonly index?: number;
  readonly isTooLong: boolean;
};

type Scan = {
  depth: number;
  isInString: boolean;
  isEscaped: boolean;
};

/** Moves over one character of a value; true when the value is complete with it. */
const step = (scan: Scan, char: string): boolean => {
  if (scan.isInString) {
    if (scan.isEscaped) scan.isEscaped = false;
    else if (char === "\\") scan.isEscaped = true;
    else if (char === '"') scan.isInString = false;
    return !scan.isInString && scan.depth === 0;
  }
  if (char === '"') scan.isInString = true;
  else if (char === "{" || char === "[") scan.depth += 1;
  else if (char === "}" || char === "]") scan.depth -= 1;
  return scan.depth === 0 && (char === "}" || char === "]");
};

/**
 * Finds the values in JSON text as it comes, holding one at a time: the elements of arrays at the top, and the values
 * beside them. It finds where they end, not whether they are JSON.
 */
export const createValueFinder = () => {
  let scan: Scan | undefined;
  let text = "";
  let length = 0;
  let index: number | undefined;

  const take = (): FoundValue => {
    const found = {
      text,
      isTooLong: length > maxValueLength,
      ...(index !== undefined && { index }),
    };
    if (index !== undefined) index += 1;
    [scan, text, length] = [undefined, "", 0];
    return found;
  };
  const keep = (piece: string): void => {
    length += piece.length;
    if (text.length <= maxValueLength) text += piece;
  };
  const isBareEnd = (char: string): boolean =>
    scan?.depth === 0 && !scan.isInString && (isSpace(char) || char === "," || char === "]");
  const between = (char: string): void => {
    if (isSpace(char) || char === "," || isFiller(char)) return;
    if (char === "[" && index === undefined) index = 0;
    else if (char === "]" && index !== undefined) index = undefined;
    else scan = { depth: 0, isInString: false, isEscaped: false };
  };

  const push = (chunk: string): FoundValue[] => {
    const found: FoundValue[] = [];
    let from = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const char = chunk.charAt(at);
      if (isBareEnd(char)) {
        keep(chunk.slice(from, at));
        found.push(take());
      }
      if (scan === undefined) {
        between(char);
        from = at;
      }
      if (scan === undefined || !step(scan, char)) continue;
      keep(chunk.slice(from, at + 1));
      found.push(take());
    }
    if (scan !== undefined) keep(chunk.slice(from));
    return found;
  };
  return {
    push,
    /** What is left over at the end, and whether an array is still open. */
    end: () => ({ found: scan === undefined ? [] : [take()], isOpen: index !== undefined }),
  };
};
