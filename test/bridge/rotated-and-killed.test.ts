import { describe, expect, it } from "vitest";
import { rotateUnderProcess } from "./support/rotating-process.ts";
import { rotationStyles } from "./support/rotation.ts";

describe.concurrent("a bridge that is killed while its file is rotated many times a second", () => {
  it.each(rotationStyles)("sends everything, in order: %s", async (style) => {
    const { written, came, exit, said } = await rotateUnderProcess(style, 30);
    expect(came, said).toEqual(written);
    expect(exit, said).toBe(0);
  });
});
