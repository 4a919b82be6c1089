import { describe, expect, it } from "vitest";
import { readFilterPolicy } from "../../commands/subscribe/filter-policy.ts";

describe("readFilterPolicy", () => {
  it.each([
    ['{"server":["SIPTS750"]}'],
    ['{"type":["registration.unregistered"],"verdict":["unexpected"]}'],
    ['{"thisDN":[{"prefix":"70"},{"anything-but":["7001"]}],"customerID":[{"exists":true}]}'],
  ])("takes %s", (text) => {
    expect(readFilterPolicy("changes", text)).toEqual({ text, warnings: [] });
  });

  it.each([
    ["what is no JSON", "{", "JSON object"],
    ["a list", '["a"]', "JSON object"],
    ["a text in place of a list", '{"server":"S"}', "JSON object"],
    ["an empty list", '{"server":[]}', "JSON object"],
    ["an unknown operator", '{"server":[{"like":"S"}]}', "JSON object"],
    ["no key", "{}", "no key"],
    ["a key that messages do not have", '{"dn":["1"]}', "messages have no dn; known are type"],
    ["a key of the other topic", '{"severity":["critical"]}', "messages have no severity"],
    [
      "more than five keys",
      '{"type":["a"],"server":["a"],"application":["a"],"thisDN":["a"],"verdict":["a"],"customerID":["a"]}',
      "SNS takes 5",
    ],
  ])("refuses %s", (_, text, message) => {
    expect(() => readFilterPolicy("changes", text)).toThrow(message);
  });

  it("is refused for alarms, which have no attributes", () => {
    expect(() => readFilterPolicy("operations", '{"type":["x"]}')).toThrow("no attributes");
  });

  it("warns of a value that no message has", () => {
    expect(readFilterPolicy("alerts", '{"type":["alert.open","alert.opened"]}').warnings).toEqual([
      'no message has the type "alert.open"; known are alert.opened, alert.updated, alert.acknowledged, alert.resolved',
    ]);
  });
});
