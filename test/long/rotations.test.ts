import { expect, it } from "vitest";
import { rotateUnderProcess } from "../bridge/support/rotating-process.ts";
import { rotationStyles } from "../bridge/support/rotation.ts";

it.each(rotationStyles)(
  "200 rotations from 0.05 s on, with ten kills, lose nothing: %s",
  { timeout: 300_000 },
  async (style) => {
    const { written, came, exit, said } = await rotateUnderProcess(style, 200);
    expect(came, said).toEqual(written);
    expect(exit, said).toBe(0);
  },
);
