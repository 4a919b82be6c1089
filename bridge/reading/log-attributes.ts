import type { LargeInteger } from "../../lambda/domain/large-integer.ts";

/** What a log says of an attribute or an entry of a list. */
export type LogValue = string | number | LargeInteger;
type Value = LogValue | List;
/** A key-value list; a Map, since a key may be called `__proto__`. */
type List = Map<string, Value>;

type OpenList = {
  readonly indent: number;
  readonly list: List;
};

const toJson = (value: Value): unknown =>
  value instanceof Map
    ? Object.fromEntries([...value].map(([key, inner]) => [key, toJson(inner)]))
    : value;

/**
 * Collects the attributes of one event of a log, with key-value lists at any depth: a list is what its deeper indented
 * entries make it, whatever stands behind its name.
 */
export const createAttributes = (eventName: string) => {
  const attributes: List = new Map([["AttributeEventName", eventName]]);
  let last = "";
  let open: OpenList[] = [];

  const listAt = (indent: number): List => {
    open = open.filter((one) => one.indent <= indent);
    const current = open.at(-1);
    if (current?.indent === indent) return current.list;
    const parent = current?.list ?? attributes;
    const name = current === undefined ? last : ([...current.list.keys()].at(-1) ?? "");
    const list: List = new Map();
    parent.set(name, list);
    open.push({ indent, list });
    return list;
  };

  return {
    attribute: (name: string, value: LogValue): void => {
      attributes.set(name, value);
      [last, open] = [name, []];
    },
    /** An entry of the list that the last attribute (or, deeper indented, the last entry) is. */
    entry: (indent: number, key: string, value: LogValue): void => {
      if (last !== "") listAt(indent).set(key, value);
    },
    isTimed: (): boolean => attributes.has("AttributeTimeinSecs"),
    text: (): string => {
      // A list without entries leaves no entry in a log; the adapter wants an EventRegistered to have one.
      const extensions = attributes.get("AttributeExtensions");
      if (eventName === "EventRegistered" && !(extensions instanceof Map))
        attributes.set("AttributeExtensions", new Map());
      return JSON.stringify(toJson(attributes));
    },
  };
};

/** Collects the attributes of one event of a log. */
export type EventAttributes = ReturnType<typeof createAttributes>;
