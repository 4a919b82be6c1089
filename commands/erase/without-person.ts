import { parseExactly } from "../../lambda/domain/request/parse-json.ts";
import type { Person } from "./person.ts";

/** Attributes of an item, as they are written in JavaScript. */
export type ItemAttributes = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

const fromText = (text: string, { id }: Person): string =>
  text.includes(JSON.stringify(id))
    ? JSON.stringify(parseExactly(text), (_, value: unknown) => (value === id ? null : value))
    : text;

const fromMember = (name: string, value: unknown, person: Person): unknown => {
  if (value === person.id && person.names.includes(name)) return undefined;
  if (Array.isArray(value) && person.lists.includes(name)) {
    const rest = value.filter((one) => one !== person.id);
    return rest.length === value.length ? value : rest;
  }
  return isObject(value) && !Array.isArray(value) ? fromMembers(value, person) : value;
};

// The same object when there is nothing to erase.
const fromMembers = <Members extends object>(members: Members, person: Person): object => {
  const before = Object.entries(members);
  const after = before.map(([name, value]) => [name, fromMember(name, value, person)] as const);
  const isSame = after.every(([, value], index) => value === before[index]?.[1]);
  return isSame ? members : Object.fromEntries(after.filter(([, value]) => value !== undefined));
};

/**
 * What becomes of an item's attributes when a person is erased: those that change, with their new values; undefined where an
 * attribute goes. In the history's open maps, which are JSON text, every text that is the id as a whole becomes null.
 */
export const withoutPerson = (item: ItemAttributes, person: Person): Map<string, unknown> =>
  new Map(
    Object.entries(item)
      .map(([name, value]): [string, unknown, unknown] => {
        const isOpen = typeof value === "string" && (name === "extensions" || name === "other");
        return [name, value, isOpen ? fromText(value, person) : fromMember(name, value, person)];
      })
      .filter(([, before, after]) => before !== after)
      .map(([name, , after]) => [name, after]),
  );
