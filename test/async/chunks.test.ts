import { describe, expect, it } from "vitest";
import { chunks } from "../../lambda/async/chunks.ts";

describe("chunks", () => {
  it.each([
    [0, []],
    [1, [[0]]],
    [3, [[0, 1, 2]]],
    [4, [[0, 1, 2], [3]]],
    [
      6,
      [
        [0, 1, 2],
        [3, 4, 5],
      ],
    ],
  ])("cuts %i items in order, the last piece shorter", (length, pieces) => {
    expect(
      chunks(
        Array.from({ length }, (_, index) => index),
        3,
      ),
    ).toEqual(pieces);
  });
});
