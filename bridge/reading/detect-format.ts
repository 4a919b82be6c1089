/** The forms of input that the bridge reads. */
export const formats = ["ndjson", "json", "t-server-log", "platform-sdk-log"] as const;
/** A form of input that the bridge reads. */
export type Format = (typeof formats)[number];

/** Whether a format is a log for people, about the past: for analysis, not for the live status. */
export const isLog = (format: Format): boolean => format.endsWith("-log");

const signs: readonly { readonly format: Format; readonly pattern: RegExp }[] = [
  {
    format: "platform-sdk-log",
    pattern: /'(?:Event|Request)\w+' \('?\d+'?\)(?: attributes:)?\s*$|^\s*Attribute\w+ \[\w+\] = /m,
  },
  {
    format: "t-server-log",
    pattern:
      /(?:^|\s)message (?:Event|Request)\w+\s*$|^\tAttribute\w+\t|^@?(?:\d{4}-\d\d-\d\dT)?\d\d:\d\d:\d\d\.\d+ (?:Std|Trc|Int|Dbg|\[)/m,
  },
];

const parses = (line: string): boolean => {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null;
  } catch {
    return false;
  }
};

/** JSON over several lines begins with a bracket that its first line leaves open. */
const isSpread = (line: string, isWhole: boolean): boolean =>
  /^[[{]/.test(line) && (!isWhole || line.startsWith("[") || /[[{,:]$/.test(line));

/**
 * The format of a text by its beginning; undefined where that does not decide it.
 */
export const detectFormat = (beginning: string): Format | undefined => {
  const text = beginning.replace(/^[\s\0]+/, "");
  if (text === "") return undefined;
  const end = text.indexOf("\n");
  const first = (end === -1 ? text : text.slice(0, end)).trim();
  if (parses(first)) return "ndjson";
  // A log line may begin with a bracket too, [2026-11-18 …: JSON goes on with a value.
  if (/^(?:\{|\[\s*(?:$|[{[\]"]))/.test(first) && isSpread(first, end !== -1)) return "json";
  const found = signs
    .map(({ format, pattern }) => ({ format, at: text.search(pattern) }))
    .filter(({ at }) => at !== -1)
    .sort((a, b) => a.at - b.at)[0];
  if (found !== undefined) return found.format;
  const lines = text.slice(0, text.lastIndexOf("\n") + 1).split("\n");
  return first.startsWith("{") || lines.some(parses) ? "ndjson" : undefined;
};
