import { expect, it } from "vitest";
import { says } from "../../../lambda/use-cases/operate/remark.ts";

const remark = { author: "Ada", note: "on it" };
const entry = { at: 1, what: "acknowledged", ...remark };

it("a remark is repeated by an entry that says the same, whenever that was", () => {
  expect(says("acknowledged", remark)(entry)).toBe(true);
});

it.each([{ what: "opened" }, { author: "Bob" }, { note: "mine now" }])(
  "a remark is not repeated by an entry with %j",
  (changes) => {
    expect(says("acknowledged", remark)({ ...entry, ...changes })).toBe(false);
  },
);
