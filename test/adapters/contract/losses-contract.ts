import { describe, expect, it } from "vitest";
import { recordOf } from "../../../lambda/domain/alerting/loss.ts";
import { compareText } from "../../../lambda/domain/text.ts";
import { baseTime } from "../../support/build-event.ts";
import {
  buildFormerMember,
  buildHeld,
  buildHeldToTheEnd,
  buildLoss,
  buildMissing,
  buildWaiting,
} from "../../support/build-loss.ts";
import type { CreateAlerting } from "./store-contract.ts";

const { thisDN, server, lossId } = buildLoss();
const everything = { after: "", limit: 1_000 };
const key = { thisDN, server, lossId };

/** A loss with everything in it, and text of all planes. */
const rich = buildFormerMember("alert-1", {
  server: "SIP #1 Zürich",
  severity: "warning",
  reason: {
    category: "configuration",
    evidence: "no ReferenceID; ErrorCode 59: 𝄞",
    errorCode: Number.MIN_SAFE_INTEGER,
    errorSymbol: "TERR_NOT_CONFIGURED",
    errorMessage: "",
  },
  customerID: "Environment",
  endedAt: baseTime + 5,
  endedBy: "requested",
});

/** The ports that read and write losses by their keys. */
export const describeLosses = (createAlerting: CreateAlerting): void => {
  describe("losses", () => {
    it("reads back what was written", async () => {
      const { writeLoss, readLosses, readLossesOfDn } = await createAlerting();
      expect(await writeLoss(rich)).toBe("written");
      expect(await readLosses([rich])).toEqual([rich]);
      expect(await readLossesOfDn("7001", everything)).toEqual([rich]);
    });

    it.each([
      ["waits", buildWaiting()],
      ["is held", buildHeld("window/1")],
      ["is missing from an alert", buildMissing("alert-1")],
      ["was brief", buildLoss()],
      ["was held until it was over", buildHeldToTheEnd("window/1")],
      ["was missing from an alert", buildFormerMember("alert-1")],
    ])("reads back a loss that %s", async (_, loss) => {
      const { writeLoss, readLosses } = await createAlerting();
      expect(await writeLoss(loss)).toBe("written");
      expect(await readLosses([key])).toEqual([loss]);
    });

    it("leaves out the keys without a loss", async () => {
      const { writeLoss, readLosses } = await createAlerting();
      await writeLoss(buildLoss());
      const others = [
        { ...key, thisDN: "7002" },
        { ...key, server: "SIPTS751" },
        { ...key, lossId: "alert-2" },
      ];
      expect(await readLosses(others)).toEqual([]);
      expect(await readLosses([...others, key])).toEqual([buildLoss()]);
      expect(await readLosses([])).toEqual([]);
    });

    it("reads more keys than one call accepts", async () => {
      const { writeLoss, readLosses } = await createAlerting();
      const dns = Array.from({ length: 210 }, (_, index) => String(7000 + index));
      await Promise.all(dns.map((dn) => writeLoss(buildLoss({ thisDN: dn }))));
      const read = await readLosses(dns.map((dn) => ({ ...key, thisDN: dn })));
      expect(read.map((loss) => loss.thisDN).toSorted(compareText)).toEqual(dns);
    });

    it("reads all losses of a DN, on every server, and no other DN", async () => {
      const { writeLoss, readLossesOfDn } = await createAlerting();
      const losses = [
        buildLoss({ lossId: "alert-1" }),
        buildLoss({ lossId: "alert-2" }),
        buildLoss({ server: "SIPTS751", lossId: "alert-3" }),
      ];
      await Promise.all([...losses, buildLoss({ thisDN: "70011" })].map(writeLoss));
      expect(await readLossesOfDn("7001", everything)).toEqual(losses);
      expect(await readLossesOfDn("700", everything)).toEqual([]);
    });

    it("reads the losses of a DN on one server, not those of a server whose name goes on with a #", async () => {
      const { writeLoss, readLossesOfDn } = await createAlerting();
      const losses = [buildLoss({ lossId: "alert-1" }), buildLoss({ lossId: "alert-2" })];
      await Promise.all([...losses, buildLoss({ server: "SIPTS750#B" })].map(writeLoss));
      const read = await readLossesOfDn("7001", { server: "SIPTS750" });
      expect(read.toSorted((a, b) => compareText(a.lossId, b.lossId))).toEqual(losses);
      expect(await readLossesOfDn("7001", { server: "SIPTS75" })).toEqual([]);
    });

    it("reads the losses of a DN part by part, in the order of their places", async () => {
      const { writeLoss, readLossesOfDn } = await createAlerting();
      const losses = [
        buildLoss({ lossId: "alert-1" }),
        buildLoss({ lossId: "alert-2" }),
        buildLoss({ server: "SIPTS751", lossId: "alert-0" }),
      ];
      await Promise.all(losses.toReversed().map(writeLoss));
      expect(await readLossesOfDn("7001", { after: "", limit: 2 })).toEqual(losses.slice(0, 2));
      const after = "SIPTS750#alert-2";
      expect(await readLossesOfDn("7001", { after, limit: 2 })).toEqual(losses.slice(2));
    });

    it("accepts the longest names that an event may have", async () => {
      const { writeLoss, readLosses, readMembers, readHeld } = await createAlerting();
      const long = buildMissing("alert-1", {
        thisDN: "語".repeat(255),
        server: "語".repeat(128),
      });
      const held = buildHeld("server", { ...recordOf(long), lossId: "alert-2" });
      expect(await writeLoss(long)).toBe("written");
      expect(await writeLoss(held)).toBe("written");
      expect(await readLosses([long])).toEqual([long]);
      const missing = await readMembers("alert-1", { missing: true, limit: 5 });
      expect(missing.items).toMatchObject([{ thisDN: long.thisDN, server: long.server }]);
      const all = await readHeld({ server: long.server, limit: 5 });
      expect(all.items).toMatchObject([{ thisDN: long.thisDN, lossId: "alert-2" }]);
    });
  });
};
