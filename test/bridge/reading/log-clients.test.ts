import { describe, expect, it } from "vitest";
import { chooseClient } from "../../../bridge/reading/log-clients.ts";

const of = (...names: string[]) => ({ named: new Map(names.map((name) => [name, 2])) });

describe("the client of a T-Server log", () => {
  it("is the only one that it names, the chosen one, or nobody where it names none", () => {
    expect(chooseClient(of("a"), undefined)).toBe("a");
    expect(chooseClient(of("a", "b"), "b")).toBe("b");
    expect(chooseClient(of(), undefined)).toBeUndefined();
  });

  it("is never guessed", () => {
    expect(() => chooseClient(of("a", "b"), undefined)).toThrow(
      "the log holds the events of 2 clients: say which one with --application NAME\n  a  2 events\n  b  2 events",
    );
    expect(() => chooseClient(of("a"), "b")).toThrow("1 client: say which one");
    expect(() => chooseClient(of(), "b")).toThrow("leave --application away");
  });
});
