import { describe, expect, it, vi } from "vitest";
import type { NamedLosses } from "../../../lambda/domain/alerting/evaluation-message.ts";
import type { ReadHeld } from "../../../lambda/ports/losses.ts";
import { createReleaseHeld } from "../../../lambda/use-cases/evaluate/release-held.ts";
import { buildHeld } from "../../support/build-loss.ts";

const held = ["SIPTS750", "AVAYATS1", "SIPTS750"].map((server, index) =>
  buildHeld("server", { server, thisDN: `700${index}` }),
);

const setUp = () => {
  const evaluateLosses = vi.fn(async (_: string, __: Readonly<NamedLosses>) => undefined);
  // One loss a page.
  const readHeld: ReadHeld = async ({ server, from = "0" }) => {
    const all = held.filter((loss) => server === undefined || loss.server === server);
    const index = Number(from);
    const next = index < all.length ? String(index + 1) : undefined;
    return { items: all.slice(index, index + 1), next };
  };
  const releaseHeld = createReleaseHeld({ readHeld }, evaluateLosses);
  const evaluated = () =>
    evaluateLosses.mock.calls.map(([server, losses]) =>
      [server, ...losses.map(({ thisDN }) => thisDN)].join(" "),
    );
  return { releaseHeld, evaluated, evaluateLosses };
};

describe("losses that are held", () => {
  it("are checked page by page, those of all servers", async () => {
    const { releaseHeld, evaluated } = setUp();
    await releaseHeld(undefined);
    expect(new Set(evaluated())).toEqual(
      new Set(["AVAYATS1 7001", "SIPTS750 7000", "SIPTS750 7002"]),
    );
  });

  it("are checked only for the server that is named", async () => {
    const { releaseHeld, evaluated } = setUp();
    await releaseHeld("AVAYATS1");
    expect(evaluated()).toEqual(["AVAYATS1 7001"]);
  });

  it("are checked although another server's cannot be, and then it fails", async () => {
    const { releaseHeld, evaluated, evaluateLosses } = setUp();
    evaluateLosses.mockRejectedValueOnce(new Error("busy"));
    await expect(releaseHeld(undefined)).rejects.toThrow(
      "held losses of a server could not be looked at",
    );
    expect(evaluated()).toContain("AVAYATS1 7001");
  });
});
