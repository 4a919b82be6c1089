import { expect, it } from "vitest";
import { readPerson } from "../../commands/erase/person.ts";
import { withoutPerson } from "../../commands/erase/without-person.ts";

it("throws for an open map that is not JSON, rather than to drop it", () => {
  const broken = { extensions: '{"who":"4711"' };
  expect(() => withoutPerson(broken, readPerson("4711", undefined))).toThrow(SyntaxError);
});

it("erases a person from an open map, whose other members stay digit for digit", () => {
  const extensions = '{"who":"4711","n":33497843125542913,"deep":[{"who":"4711","m":1.5}]}';
  expect([...withoutPerson({ extensions }, readPerson("4711", undefined))]).toEqual([
    ["extensions", '{"who":null,"n":33497843125542913,"deep":[{"who":null,"m":1.5}]}'],
  ]);
});
