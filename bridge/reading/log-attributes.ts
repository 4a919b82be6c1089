import type { LargeInteger } from "../../lambda/domain/large-integer.ts";

/** What a log says of an attribute or an entry of a list. */
export type LogValue = string | number | LargeInteger;
type Value = LogValue | List;
/** A key-value list; a Map, since a key may be called `__proto__`. */
type List = Map<string, Value>;

/** `isGuessed`: it began on the line of its name, and the next line shows how far its entries are indented. */
type OpenList = {
  readonly indent: number;
  readonly list: List;
  readonly isGuessed?: boolean;
};

const toText = (value: Value): string => {
  if (!(value instanceof Map)) return JSON.stringify(value);
  let members = "";
  for (const [key, inner] of value)
    members += `${members === "" ? "" : ","}${JSON.stringify(key)}:${toText(inner)}`;
  return `{${members}}`;
};

/**
 * Collects the attributes of one event of a log, with key-value lists at any depth: a list is what its deeper indented
 * entries make it, whatever stands behind its name.
 */
export const createAttributes = (eventName: string) => {
  const attributes: List = new Map([["AttributeEventName", eventName]]);
  const contradictions = new Set<string>();
  let last = "";
  let open: OpenList[] = [];

  const isBelow = (one: OpenList, indent: number): boolean =>
    (open[open.indexOf(one) - 1]?.indent ?? 0) < indent;
  const deepest = (indent: number): OpenList | undefined => {
    open = open.filter((one) => one.indent <= indent || (one.isGuessed && isBelow(one, indent)));
    const current = open.at(-1);
    if (current?.isGuessed !== true) return current;
    const known = { indent, list: current.list };
    open = [...open.slice(0, -1), known];
    return known;
  };
  const listAt = (indent: number): List => {
    const current = deepest(indent);
    if (current?.indent === indent) return current.list;
    const parent = current?.list ?? attributes;
    const name = current === undefined ? last : ([...current.list.keys()].at(-1) ?? "");
    const list: List = new Map();
    parent.set(name, list);
    open.push({ indent, list });
    return list;
  };

  const begin = (outer: List, indent: number, key: string): void => {
    const list: List = new Map();
    outer.set(key, list);
    open.push({ indent: indent + 1, list, isGuessed: true });
  };

  return {
    attribute: (name: string, value: LogValue): void => {
      const before = attributes.get(name);
      if (before !== undefined && toText(before) !== toText(value)) contradictions.add(name);
      attributes.set(name, value);
      [last, open] = [name, []];
    },
    /** An attribute without a value that could be kept: the entries below it are still its own. */
    nameOnly: (name: string): void => {
      [last, open] = [name, []];
    },
    /** An entry of the list that the last attribute (or, deeper indented, the last entry) is. */
    entry: (indent: number, key: string, value: LogValue): void => {
      if (last !== "") listAt(indent).set(key, value);
    },
    /** An entry that is a list itself, whose first entry may stand on the same line. */
    list: (indent: number, key: string): void => {
      if (last !== "") begin(listAt(indent), indent, key);
    },
    /** An entry of the list that began on the same line; without a value it is a list too. */
    inner: (key: string, value?: LogValue): void => {
      const outer = open.at(-1);
      if (outer === undefined) return;
      if (value === undefined) begin(outer.list, outer.indent, key);
      else outer.list.set(key, value);
    },
    /** A remark below an attribute: below a code, it is the text of the error. */
    remark: (text: string): void => {
      if (last === "AttributeErrorCode" && !attributes.has("AttributeErrorMessage"))
        attributes.set("AttributeErrorMessage", text);
    },
    has: (name: string): boolean => attributes.has(name),
    /** The attributes that were there twice, with different values. */
    contradictions: (): string[] => [...contradictions],
    text: (): string => {
      // A list without entries leaves no entry in a log; the adapter wants an EventRegistered to have one.
      const extensions = attributes.get("AttributeExtensions");
      if (eventName === "EventRegistered" && !(extensions instanceof Map))
        attributes.set("AttributeExtensions", new Map());
      return toText(attributes);
    },
  };
};

/** Collects the attributes of one event of a log. */
export type EventAttributes = ReturnType<typeof createAttributes>;
