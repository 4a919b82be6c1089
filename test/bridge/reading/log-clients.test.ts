import { describe, expect, it } from "vitest";
import { chooseClient, createLogClients } from "../../../bridge/reading/log-clients.ts";

const of = (...names: string[]) => ({ named: new Map(names.map((name) => [name, 2])) });

describe("the client of a T-Server log", () => {
  it("is the only one that it names, the chosen one, or none where it names none", () => {
    expect(chooseClient(of("a"), undefined)).toBe("a");
    expect(chooseClient(of("a", "b"), "b")).toBe("b");
    expect(chooseClient(of(), undefined)).toBeUndefined();
  });

  it("is not one that only gets what all clients get", async () => {
    const event = { text: "{}", where: "f", form: "json" as const };
    const clients = createLogClients();
    async function* read() {
      yield {
        items: [
          { kind: "event" as const, event, clients: ["a", "a"] },
          { kind: "event" as const, event, clients: ["a", "b"], isForAllClients: true as const },
        ],
        bytes: 1,
      };
    }
    await clients.count({ name: "f", format: "t-server-log", isEmpty: false, read });
    expect([...clients.named]).toEqual([["a", 1]]);
  });

  it("is never guessed", () => {
    expect(() => chooseClient(of("a", "b"), undefined)).toThrow(
      "the log holds the events of 2 clients: give one with --application NAME\n  a  2 events\n  b  2 events",
    );
    expect(() => chooseClient(of("a"), "b")).toThrow("1 client: give one with");
    expect(() => chooseClient(of(), "b")).toThrow("omit --application");
  });
});
