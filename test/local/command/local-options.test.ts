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
      answers: undefined,
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
    [["--data", ""], undefined, /--data: give the path of a directory/],
    [["--data", " "], undefined, /--data: give the path of a directory/],
    [["--data", "a\0b"], undefined, /--data: a path cannot have a NUL/],
    [["--data=~/kept"], undefined, /--data ~\/kept: the shell did not replace the ~/],
    [["--assembly", "~"], undefined, /--assembly ~: the shell did not replace the ~/],
    [["--assembly", ""], undefined, /--assembly: give the path of a directory/],
    [["--answer", ""], undefined, /--answer : give a status from 400 to 599 and a share/],
    [["--answer", "503"], undefined, /--answer 503: give a status/],
    [["--answer", "503:"], undefined, /give a status/],
    [["--answer", "503:-0.1"], undefined, /give a status/],
    [["--answer", "503:1.1"], undefined, /--answer 503:1.1: give a status .* share from 0 to 1/],
    [["--answer", "503:10%"], undefined, /give a status/],
    [["--answer", "503:0.1,"], undefined, /--answer : give a status/],
    [["--answer", "399:0.1"], undefined, /status from 400 to 599/],
    [["--answer", "600:0.1"], undefined, /status from 400 to 599/],
    [["--answer", "reset:0.1"], undefined, /status from 400 to 599/],
    [["--answer", "503:0.6,429:0.5"], undefined, /the shares are more than 1 together/],
    [["--answer", "503:0.1,503:0.1"], undefined, /a status is there twice/],
    [["--answer", "503:0.1", "--answer", "503:0.2"], undefined, /a status is there twice/],
    [["--answer", "503:0.6", "--answer", "429:0.5"], undefined, /more than 1 together/],
    [["--retry-after", "2"], undefined, /--retry-after needs --answer/],
    [["--answer", "503:1", "--retry-after", "soon"], undefined, /--retry-after soon: give whole/],
    [["--answer", "503:1", "--retry-after", "1.5"], undefined, /--retry-after 1.5: give whole/],
    [["--answer", "503:1", "--retry-after=-1"], undefined, /--retry-after -1: give whole/],
    [[], "-1", /PORT=-1: must be a number/],
    [[], "http", /PORT=http: must be a number/],
    [[], "70000", /PORT=70000: must be a number/],
  ])("refuses %j with PORT %s", (args, port, message) => {
    expect(() => readLocalOptions(args, port)).toThrow(message);
  });

  it.each([
    ["503:0.1,429:0.05", "2", { 503: 0.1, 429: 0.05 }, 2],
    ["503:1", undefined, { 503: 1 }, undefined],
    ["500:.5, 502:0", "0", { 500: 0.5, 502: 0 }, 0],
    ["400:0.1,401:0.2,403:0.7", undefined, { 400: 0.1, 401: 0.2, 403: 0.7 }, undefined],
  ])("answers %s with Retry-After %s", (answer, seconds, expected, retryAfter) => {
    const more = seconds === undefined ? [] : ["--retry-after", seconds];
    const shares = Object.entries(expected).map(([status, share]) => ({
      status: Number(status),
      share,
    }));
    expect(readLocalOptions(["--answer", answer, ...more], undefined)).toMatchObject({
      answers: { shares: expect.arrayContaining(shares), retryAfter },
    });
  });

  it("takes the answers of every --answer", () => {
    const args = ["--answer", "503:0.1", "--answer", "429:0.2"];
    const shares = [
      { status: 503, share: 0.1 },
      { status: 429, share: 0.2 },
    ];
    expect(readLocalOptions(args, undefined)).toMatchObject({ answers: { shares } });
  });

  it("shows help on demand", () => {
    expect(readLocalOptions(["--help"], undefined)).toEqual({ kind: "help" });
  });
});
