import { describe, expect, it } from "vitest";
import { detectFormat } from "../../../bridge/reading/detect-format.ts";

describe("detectFormat", () => {
  it.each([
    ["an event a line", '{"a":1}\n{"b":2}\n', "ndjson"],
    ["a byte order mark", '\uFEFF{"a":1}\n', "ndjson"],
    ["an array on one line", '[{"a":1}]', "ndjson"],
    ["an array on many", '[\n  {"a":1},\n  {"b":2}\n]', "json"],
    ["a long array that goes on", '[{"a":1},{"b"', "json"],
    ["an object on many", '{\n  "a": 1\n}', "json"],
    ["a first line that is broken", 'oops\n{"a":1}\n', "ndjson"],
    ["a first line that is cut off", '{"a":\n{"b":2}\n', "json"],
    ["a T-Server log", "Genesys\n@13:20:31.6650 [0] 8.1 x: message EventRinging\n", "t-server-log"],
    ["its beginning alone", "05:58:00.001 Std 05060 Application started\n", "t-server-log"],
    [
      "Platform SDK text of Java",
      "[2015-01-07] DEBUG - message 'EventOnHook' ('87')\n",
      "platform-sdk-log",
    ],
    ["of .NET", "x 'EventAgentLogin' (73) attributes:\r\n", "platform-sdk-log"],
    ["its attributes alone", 'AttributeThisDN [str] = "2214"\n', "platform-sdk-log"],
    ["nothing", " \n", undefined],
    ["something else", "a,b,c\n1,2,3\n", undefined],
  ])("%s", (_, text, expected) => {
    expect(detectFormat(text)).toBe(expected);
  });
});
