import { describe, expect, it } from "vitest";
import { nextCursor, readCursor, writeCursor } from "../../lambda/handlers/cursor.ts";

const position = "2026-11-20T02:58:00.123456Z#+49 301é𝄞#SIPTS750";
const encode = (text: string) => Buffer.from(text).toString("base64url");

describe("cursors", () => {
  it("return the position for the list that they were made for", () => {
    expect(readCursor("changed", writeCursor("changed", position))).toBe(position);
    expect(readCursor("since", writeCursor("changed", position))).toBeUndefined();
    expect(readCursor("history", writeCursor("since", position))).toBeUndefined();
  });

  it("are null at the end of a list", () => {
    expect(nextCursor("changed", undefined)).toBeNull();
    expect(nextCursor("changed", position)).toBe(writeCursor("changed", position));
  });

  it("name the alert whose members they page through", () => {
    const members = 'alert-a_b#{"memberKey":"lost#7001"}';
    expect(readCursor("members", writeCursor("members", members))).toBe(members);
    expect(readCursor("members", writeCursor("members", position))).toBeUndefined();
  });

  it("need no escaping in a query string", () => {
    expect(writeCursor("changed", position)).toMatch(/^[\w-]+$/);
  });

  it.each([
    ["nothing", ""],
    ["text that is not JSON", "changed"],
    ["JSON that is not a pair", JSON.stringify(["changed"])],
    ["a position that is not text", JSON.stringify(["changed", 5])],
    ["JSON that is not an array", JSON.stringify({ kind: "changed" })],
  ])("are refused when they hold %s", (_, text) => {
    expect(readCursor("changed", encode(text))).toBeUndefined();
  });

  // The store refuses a key that is empty, longer than 1,024 bytes or malformed; every key of a list has a time.
  it.each([
    ["an empty position", ""],
    ["a position that is not a key", "7001"],
    ["a position longer than a key", `2026-11-20T02:58:00.123456Z#${"é".repeat(500)}`],
    ["malformed Unicode", "2026-11-20T02:58:00.123456Z#\ud800"],
  ])("are refused when they hold %s", (_, forged) => {
    expect(readCursor("changed", writeCursor("changed", forged))).toBeUndefined();
  });
});
