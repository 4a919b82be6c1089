import { describe, expect, it } from "vitest";
import { isRevoked, liveKeysOf } from "../../../lambda/domain/access/live-keys.ts";
import { bridgeKey } from "../../support/build-event.ts";

const second = 1_000_000;
const live = liveKeysOf([bridgeKey({ id: "key_1", name: "bridge-a" })], 100 * second);

describe("the live keys", () => {
  it("are ids and applications, and nothing of the keys themselves", () => {
    expect(live).toEqual({
      ids: new Set(["key_1"]),
      applications: new Set(["bridge-a"]),
      readAt: 98 * second,
    });
  });

  it.each([
    ["one that is live", live, { by: "key_1", heardAt: 0 }, false],
    ["one that is not", live, { by: "key_2", heardAt: 98 * second }, true],
    [
      "one that may be newer than what is known",
      live,
      { by: "key_2", heardAt: 99 * second },
      false,
    ],
    ["none that is known", live, { heardAt: 0 }, false],
    ["any, while the live keys are not known", undefined, { by: "key_2", heardAt: 0 }, false],
  ])("show whether what was said by %s was said by a revoked one", (_, keys, said, expected) => {
    expect(isRevoked(keys, said)).toBe(expected);
  });
});
