import { describe, expect, it } from "vitest";
import type { Alert } from "../../../lambda/domain/alerting/alert.ts";
import type { Loss } from "../../../lambda/domain/alerting/loss.ts";
import type { Connection } from "../../../lambda/domain/connection/connection.ts";
import type { WriteRevision } from "../../../lambda/ports/revisions.ts";
import { textOf } from "../../support/alert-texts.ts";
import type { AlertingPorts } from "../../support/alerting-ports.ts";
import { buildAlert } from "../../support/build-alert.ts";
import { buildConnection } from "../../support/build-connection.ts";
import { buildHeld } from "../../support/build-loss.ts";
import type { CreateAlerting } from "./store-contract.ts";

/**
 * How items of one kind are written and read, and what an item of a revision looks like, as short or as long as needed.
 */
type Kind<Item> = {
  build: (revision: number, text?: string) => Item;
  write: (ports: AlertingPorts) => WriteRevision<Item>;
  read: (ports: AlertingPorts) => Promise<Item | undefined>;
};

const losses: Kind<Loss> = {
  build: (revision, name = "") =>
    buildHeld(`bridge/${name}`, { revision, trail: [{ at: revision, words: `${revision}` }] }),
  write: ({ writeLoss }) => writeLoss,
  read: async ({ readLosses }) => (await readLosses([buildHeld("")]))[0],
};
const alerts: Kind<Alert> = {
  build: (revision, application = "") =>
    buildAlert({ revision, application, text: textOf(`${revision}`) }),
  write: ({ writeAlert }) => writeAlert,
  read: ({ readAlert }) => readAlert(buildAlert()),
};
const connections: Kind<Connection> = {
  build: (revision, detail = "") =>
    buildConnection({ revision, blind: { cause: "clock", since: revision, detail } }),
  write: ({ writeConnection }) => writeConnection,
  read: ({ readConnection }) => readConnection(buildConnection()),
};

const describeKind = <Item>(
  name: string,
  { build, write, read }: Kind<Item>,
  createAlerting: CreateAlerting,
): void => {
  describe(`writing ${name}`, () => {
    it("is done only on top of the revision before", async () => {
      const ports = await createAlerting();
      const writeItem = write(ports);
      expect(await writeItem(build(2))).toBe("conflict");
      expect(await read(ports)).toBeUndefined();
      expect(await writeItem(build(1))).toBe("written");
      expect(await writeItem(build(1))).toBe("conflict");
      expect(await writeItem(build(3))).toBe("conflict");
      expect(await writeItem(build(2))).toBe("written");
      expect(await writeItem(build(2))).toBe("conflict");
      expect(await read(ports)).toEqual(build(2));
    });

    it("lets one of several writers win", async () => {
      const writeItem = write(await createAlerting());
      const race = async (revision: number) => {
        const writers = Array.from({ length: 10 }, () => writeItem(build(revision)));
        return (await Promise.all(writers)).filter((result) => result === "written").length;
      };
      expect(await race(1)).toBe(1);
      expect(await race(2)).toBe(1);
    });

    it("throws for an item over 400 KB, and leaves everything as it was", async () => {
      const ports = await createAlerting();
      await write(ports)(build(1));
      await expect(write(ports)(build(2, "x".repeat(410_000)))).rejects.toThrow();
      expect(await read(ports)).toEqual(build(1));
    });
  });
};

/** Every port that writes on condition of the revision before. */
export const describeRevisions = (createAlerting: CreateAlerting): void => {
  describeKind("losses", losses, createAlerting);
  describeKind("alerts", alerts, createAlerting);
  describeKind("connections", connections, createAlerting);
};
