import { describe, expect, it } from "vitest";
import { readLocalOptions } from "../../../local/command/local-options.ts";

describe("options of npm start", () => {
  it("takes port 3000, memory and any engine by default", () => {
    expect(readLocalOptions([], undefined)).toEqual({
      port: 3000,
      dataDirectory: undefined,
      engine: undefined,
      assembly: undefined,
      timeLapse: 1,
    });
  });

  it("makes paths absolute", () => {
    const options = readLocalOptions(["--data", "kept", "--engine", "dynamodb-local"], "0");
    expect(options).toMatchObject({
      port: 0,
      engine: "dynamodb-local",
      dataDirectory: `${process.cwd()}/kept`,
    });
  });

  it.each([
    ["1", 1],
    ["60", 60],
    ["2.5", 2.5],
  ])("divides the waiting times of alerts by --time-lapse %s", (text, timeLapse) => {
    expect(readLocalOptions(["--time-lapse", text], undefined)).toMatchObject({ timeLapse });
  });

  it.each([
    [["--dtaa", "x"], undefined, /Unknown option '--dtaa'/],
    [["--engine", "sqlite"], undefined, /--engine sqlite: must be one of dynoxide, dynamodb-local/],
    [["--data"], undefined, /argument missing/],
    [["--time-lapse", "0.5"], undefined, /--time-lapse 0.5: must be a number, 1 /],
    [["--time-lapse", "fast"], undefined, /--time-lapse fast: must be a number, 1 /],
    [["--time-lapse", "2", "--assembly", "x"], undefined, /leave out --assembly/],
    [["now"], undefined, /Unknown argument "now"/],
    [[], "http", /PORT=http: must be a number/],
    [[], "70000", /PORT=70000: must be a number/],
  ])("refuses %j with PORT %s", (args, port, message) => {
    expect(() => readLocalOptions(args, port)).toThrow(message);
  });

  it("shows help on demand", () => {
    expect(readLocalOptions(["--help"], undefined)).toEqual({ kind: "help" });
  });
});
