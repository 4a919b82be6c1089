import { describe, expect, it } from "vitest";
import { checkServerName } from "../../bridge/check-server-name.ts";
import { parseArguments } from "../../bridge/terminal/parse-arguments.ts";
import { readAlertsArguments } from "../../commands/alerts/alerts-arguments.ts";
import { parseArn } from "../../commands/queues/queue-address.ts";
import {
  allServers,
  describeServers,
  refuseLooseServers,
  requireServers,
} from "../../commands/secrets/key-servers.ts";
import { parseScopes } from "../../commands/secrets/parse-scopes.ts";
import { requireName } from "../../commands/secrets/require-name.ts";
import { refuseEmpty, refuseOutside, requireOption } from "../../commands/shell/given-options.ts";
import { requireAction } from "../../commands/shell/require-action.ts";
import { readSubscriber } from "../../commands/subscribe/subscriber.ts";
import { windows } from "../../commands/windows.ts";
import { createRecordingTerminal } from "../support/recording-terminal.ts";

describe("parseArguments", () => {
  it("names an unknown option, without Node's advice about arguments that begin with a dash", () => {
    expect(() => parseArguments(["--fast"], {})).toThrow(/^Unknown option '--fast'$/);
  });
});

describe("requireAction", () => {
  const counts = { list: 0, revoke: 1 } as const;

  it("gives the action and its argument", () => {
    expect(requireAction(["revoke", "x"], counts)).toEqual({ action: "revoke", argument: "x" });
    expect(requireAction(["list"], counts)).toEqual({ action: "list", argument: "" });
  });

  it.each([
    [[], "give one of list, revoke"],
    [["toString"], "give one of list, revoke"],
    [["revoke"], "revoke needs an id"],
    [["revoke", "a", "b"], 'Unknown argument "b"'],
    [["list", "a"], 'Unknown argument "a"'],
  ])("%j: %s", (args, message) => {
    expect(() => requireAction(args, counts)).toThrow(message);
  });
});

describe("given options", () => {
  const takenBy = { servers: ["add"], json: ["list", "add"] };

  it("are refused with an action that does not take them", () => {
    const given = { stage: "x", servers: ["A"] };
    expect(() => refuseOutside("list", given, takenBy)).toThrow("--servers: only add takes it");
    expect(() => refuseOutside("end", { json: true }, takenBy)).toThrow(
      "--json: only list and add take it",
    );
    expect(() => refuseOutside("add", given, takenBy)).not.toThrow();
    expect(() => refuseOutside("list", { json: true }, takenBy)).not.toThrow();
  });

  it("are refused empty, in a list too", () => {
    expect(() => refuseEmpty({ note: "n", author: "" })).toThrow("--author is empty");
    expect(() => refuseEmpty({ dn: ["7001", ""] })).toThrow("--dn is empty");
    expect(() => refuseEmpty({ dn: ["7001"], all: false, note: undefined })).not.toThrow();
  });

  it("may be mandatory", () => {
    expect(requireOption({ note: "n" }, "note")).toBe("n");
    expect(() => requireOption({}, "note")).toThrow("--note is missing");
  });
});

describe("the arguments of alerts", () => {
  it.each([
    [["--open", "--json"], "--open", ""],
    [[], "follow", ""],
    [["ack", "x123", "--note", "n", "--author", "a"], "ack", "x123"],
    [["--stage", "prod", "why", "7001", "--all"], "why", "7001"],
  ])("%j are %s of %j", (args, action, argument) => {
    expect(readAlertsArguments(args)).toMatchObject({ action, argument });
  });

  it.each([
    [["ack", "--note", "n"], "ack needs an id"],
    [["ack", "x123", "--note", ""], "--note is empty"],
    [["ack", "x123", "--note", "two", "words"], 'Unknown argument "words"'],
    [["why"], "why needs a DN"],
    [["unack", "x", "--note", "n"], "--note: only ack takes it"],
    [["--json"], "--json: only --open and why take it"],
    [["ack", "x123", "--open"], "--open lists what is open: give it alone"],
  ])("cannot be %j: %s", (args, message) => {
    expect(() => readAlertsArguments(args)).toThrow(message);
  });
});

describe("the arguments of windows", () => {
  const call = (args: string[]) =>
    windows({ args, terminal: createRecordingTerminal(), signal: AbortSignal.abort() });

  it.each([
    [["list", "--server", "S"], "--server: only add takes it"],
    [["windows", "add", "--server", "S", "--for", "2h"], "--reason is missing"],
    [["end", "-hB3J_mPbphBR2yssjfxIg", "--json"], "--json: only list and add"],
  ])("cannot be %j: %s", async (args, message) => {
    await expect(call(args)).rejects.toThrow(message);
  });
});

describe("names", () => {
  it.each(["bridge-a", "A.1_b", "x".repeat(64)])("takes %s for a bridge", (name) => {
    expect(requireName(name)).toBe(name);
  });
  it.each([undefined, "", "-a", "a b", "x".repeat(65)])("refuses %s for a bridge", (name) => {
    expect(() => requireName(name)).toThrow("--name");
  });
  it.each([undefined, "SIPTS750", "7a", "Größe ☎"])("takes %s for a T-Server", (name) => {
    expect(checkServerName(name)).toBe(name);
  });
  it.each(["", "65200", "a\nb", "x".repeat(129), "\ud800"])("refuses %j for a T-Server", (name) => {
    expect(() => checkServerName(name)).toThrow("--server-name");
  });
});

describe("the servers of a key", () => {
  it.each<[string[] | undefined, string | undefined, string[]]>([
    [["*"], undefined, ["*"]],
    [["*", " * "], undefined, ["*"]],
    [[" A, B ,A"], undefined, ["A", "B"]],
    [["A,B", "C", "A"], undefined, ["A", "B", "C"]],
    [["750,Größe ☎, /x/servers/"], undefined, ["750", "Größe ☎", "/x/servers/"]],
    [undefined, "A", ["A"]],
    [["A,B"], "B", ["A", "B"]],
    [["*"], "B", ["*"]],
  ])("%j with --server-name %s are %j", (texts, serverName, expected) => {
    expect(requireServers(texts, serverName)).toEqual(expected);
  });

  const many = Array.from({ length: 101 }, (_, index) => `S${index}`).join();
  it.each([
    [undefined, undefined, "--servers is missing: name the T-Servers whose events"],
    ["", undefined, "a name is empty"],
    ["A,,B", undefined, "a name is empty"],
    ["*,A", undefined, "give it alone"],
    [many, undefined, "at most 100 names"],
    ["x".repeat(129), undefined, "1 to 128 characters"],
    ["a\nb", undefined, "control character"],
    ["A", "B", "--server-name must be one of --servers"],
    ["A;B", undefined, "--servers: names are separated by commas"],
    ["SIPTS*", undefined, "--servers: no patterns: name each T-Server, or give '*' alone"],
    ["'A','B'", undefined, "--servers: no quotes inside"],
    ["“A”", undefined, "--servers: no quotes inside"],
    ["A, /servers/SIPTS750", undefined, "--servers: the name alone, without /servers/"],
  ])("cannot be %j with --server-name %s", (text, serverName, message) => {
    const texts = text === undefined ? undefined : [text];
    expect(() => requireServers(texts, serverName)).toThrow(message);
  });

  it.each(["*", "SIPTS*", "A;B", "'A'", "/servers/A"])(
    "cannot be named by --server-name %s",
    (name) => {
      const advice = "--server-name: the name of one T-Server, without * ; quotes or /servers/";
      expect(() => requireServers(undefined, name)).toThrow(advice);
      expect(() => requireServers(["*"], name)).toThrow(advice);
    },
  );

  it("cannot be '*' beside a name of another --servers", () => {
    expect(() => requireServers(["*", "A"], undefined)).toThrow("give it alone");
  });

  it.each([
    [["add", "B"], ["A"]],
    [["add", "LICENSE", "README.md"], ["CHANGELOG.md"]],
    [["B", "add"], ["A"]],
  ])("are not arguments: %j beside %j", (positionals, servers) => {
    expect(() => refuseLooseServers(positionals, servers)).toThrow(/by commas.* '\*' in quotes/);
  });

  it.each([
    [["add"], ["A"]],
    [["add", "B"], undefined],
    [["revoke", "key_1"], ["A"]],
  ])("leave other mistakes to others: %j beside %j", (positionals, servers) => {
    expect(() => refuseLooseServers(positionals, servers)).not.toThrow();
  });

  it.each([
    [["*"], "every T-Server"],
    [["A", "B C"], '"A", "B C"'],
  ])("%j are listed in full as %s", (servers, expected) => {
    expect(allServers(servers)).toBe(expected);
  });

  it.each<[string[] | undefined, string]>([
    [undefined, "unrestricted"],
    [["*"], "*"],
    [[], "none"],
    [["SIPTS750", "SIPTS751"], "SIPTS750, SIPTS751"],
    [["x".repeat(40), "B"], `${"x".repeat(29)}… and 1 more`],
  ])("%j are shown as %s", (servers, expected) => {
    expect(describeServers(servers)).toBe(expected);
  });
});

describe("parseScopes", () => {
  it("takes known ones, each once", () => {
    const text = "registrations:read, alerts:read,registrations:read";
    expect(parseScopes(text)).toEqual(["registrations:read", "alerts:read"]);
  });
  it.each(["", "read", "registrations:read,"])("refuses %j and says the known ones", (text) => {
    expect(() => parseScopes(text)).toThrow("known are registrations:read, registrations:write");
  });
});

describe("parseArn", () => {
  it("reads a queue's", () => {
    expect(parseArn("arn:aws:sqs:eu-west-1:123456789012:crm", "sqs")).toMatchObject({
      region: "eu-west-1",
      account: "123456789012",
      name: "crm",
    });
  });
  it.each(["crm", "https://sqs/1/crm", "arn:aws:sns:eu-west-1:123456789012:t"])("not %s", (arn) => {
    expect(parseArn(arn, "sqs")).toBeUndefined();
  });
});

describe("readSubscriber", () => {
  const sqs = "arn:aws:sqs:eu-west-1:123456789012:crm";
  it("takes a queue, an address or a number", () => {
    expect(readSubscriber({ sqs })).toMatchObject({ protocol: "sqs", queue: { name: "crm" } });
    expect(readSubscriber({ email: "a@b" })).toEqual({ protocol: "email", address: "a@b" });
    for (const sms of ["+4915112345678", "+49 (151) 123-456.78"])
      expect(readSubscriber({ sms })).toEqual({ protocol: "sms", address: "+4915112345678" });
  });
  it.each([
    [{}, "give --sqs ARN, --email ADDRESS or --sms NUMBER"],
    [{ sqs, email: "a@b" }, "give --sqs ARN, --email ADDRESS or --sms NUMBER"],
    [{ email: "a@b", sms: "+4915112345678" }, "give --sqs ARN, --email ADDRESS or --sms NUMBER"],
    [{ sms: "015112345678" }, "with + and its country code"],
    [{ sms: "+0151123456" }, "with + and its country code"],
    [{ sms: "+4915112345678901" }, "with + and its country code"],
    [{ sms: "+49 ext 5" }, "with + and its country code"],
    [{ sms: "+4915112345678", raw: true }, "--raw applies to queues only"],
    [{ sqs: "crm" }, "give the queue's ARN"],
    [{ sqs: `${sqs}.fifo` }, "FIFO"],
    [{ email: "me" }, "not an e-mail address"],
    [{ email: "a@b", raw: true }, "--raw applies to queues only"],
  ])("refuses %j", (given, message) => {
    expect(() => readSubscriber(given)).toThrow(message);
  });
});
