import { describe, expect, it } from "vitest";
import { createLearnLosses } from "../../bridge/learn-losses.ts";
import { createLogReading } from "../../bridge/log-reading.ts";
import { lossLines } from "../../bridge/loss-lines.ts";
import { dryRunOf } from "./support/dry-run-of.ts";

const dn = (thisDN: string) => `\tAttributeThisDN\t'${thisDN}'`;
const time = (seconds: number) => [
  "\tAttributeTimeinuSecs\t250000",
  `\tAttributeTimeinSecs\t${1_763_452_800 + seconds} (08:00:00)`,
];
const error = "\tAttributeErrorCode\t59";
const info = [
  "\tAttributeReferenceID\t7",
  "\tAttributeAddressInfoType\t8",
  "\tAttributeExtensions\t[17] 00 01 01 00..",
  "\t\t'total-ports'\t4",
];
const header = (name: string) => `@08:00:00.3190 [0] 8.1.101.25 send_to_client: message ${name}`;
const sent = (name: string, client = "bridge-a") =>
  `08:00:00.319 Trc 04542 ${name} sent to [66] (00000e85 ${client} 192.0.2.1:3425)`;
const registered = (thisDN: string, client = "bridge-a") => [
  header("EventRegistered"),
  dn(thisDN),
  ...time(0),
  ...info,
  sent("EventRegistered", client),
];
const lost = (thisDN: string) => [header("EventUnregistered"), dn(thisDN), ...time(1), error];
const textOf = (...lines: string[]) => `${lines.join("\n")}\n`;
const asLoss = (thisDN: string) => ({ thisDN, lostAt: 1_763_452_801 });
const segmentHead = (number: number) => [`File:            (${number}) ts900.20251118.log`, ""];

describe("a log with a reference id in its headers", () => {
  it("shows its losses", async () => {
    const from = "received from 65200(TS900)ts.example:7007(fd=12) message";
    const about = "is received for ts TS900[Switch_1]";
    const log = textOf(
      ...[`${from} EventRegistered(refid=7)`, dn("02a"), ...time(0), ...info],
      `08:00:00.388_T_I_ [14:32] EventRegistered ${about} (this dn=02a, refid=7)`,
      ...[
        `${from} EventUnregistered(refid=9)`,
        dn("02a"),
        ...time(1),
        "\tAttributeReferenceID\t9",
        error,
      ],
      `08:00:01.388_T_I_ [14:32] EventUnregistered ${about} (this dn=02a, refid=9)`,
    );
    expect(await dryRunOf([log])).toMatchObject({ isGreen: true, losses: [asLoss("02a")] });
  });
});

describe("an event that the end of a file cuts", () => {
  const [head = "", name = "", ...rest] = [...lost("03a"), sent("EventUnregistered")];
  const first = textOf(...registered("03a"), head, name);
  const second = textOf(...segmentHead(2), ...rest, ...registered("03b"));

  it("goes on in the next file", async () => {
    const run = await dryRunOf([first, second]);
    expect(run).toMatchObject({ isGreen: true, losses: [asLoss("03a")] });
  });

  it.each([
    ["alone", [first], "EventUnregistered: it is cut by the end of 1.log"],
    ["with its end alone", [second], "attributes whose header is cut off"],
    ["in wrong order", [second, first], "attributes whose header is cut off"],
    ["before another file", [first, textOf(...registered("03b"))], "it is cut by the end of 1.log"],
    [
      "before the next but one",
      [textOf(...segmentHead(1)) + first, second.replace("(2)", "(3)")],
      "it is cut by the end of 1.log",
    ],
  ])("is said to be cut %s", async (_, texts, why) => {
    const { isGreen, text } = await dryRunOf(texts);
    expect(text).toContain(why);
    expect(text).not.toContain("no DN was lost");
    expect(isGreen).toBe(false);
  });

  it("is whole where the next file says to whom it was sent", async () => {
    const cut = textOf(...registered("03a"), ...lost("03a"));
    const run = await dryRunOf([cut, textOf(...segmentHead(2), sent("EventUnregistered"))]);
    expect(run).toMatchObject({ isGreen: true, losses: [asLoss("03a")] });
  });

  it("does not go on in a log of another form", async () => {
    const sdk = "Received: 'EventOnHook' (87) attributes:\nAttributeThisDN [str] = \"1\"\n\n";
    expect(await dryRunOf([first, sdk])).toMatchObject({ isGreen: false });
  });
});

describe("a log whose events name no client", () => {
  it("is not green, since they are left out", async () => {
    const run = await dryRunOf([textOf(...registered("1"), ...lost("1"), "08:00:01.000 Std 1 x")]);
    expect(run.text).toContain(
      "1 event was left out, since the log names no client for it: whether",
    );
    expect(run.isGreen).toBe(false);
  });

  it("is green where what is not understood is another client's", async () => {
    const other = [
      header("EventUnregistered"),
      dn("***"),
      ...time(1),
      sent("EventUnregistered", "b"),
    ];
    const log = textOf(...registered("1"), ...other);
    expect(await dryRunOf([log], ["--application", "bridge-a"])).toMatchObject({ isGreen: true });
    expect(await dryRunOf([log], ["--application", "b"])).toMatchObject({ isGreen: false });
  });
});

describe("a log that says too little", () => {
  it("is not green where it shows no registration", async () => {
    const { isGreen, text } = await dryRunOf(["08:00:00.000 Std 05060 Application started\n"]);
    expect(text).toContain("the log shows no EventRegistered and no EventUnregistered: whether");
    expect(isGreen).toBe(false);
  });

  it("is not green where the adapter would reject an event", async () => {
    const [head = "", name = ""] = lost("2");
    const { isGreen, noted, text } = await dryRunOf([
      textOf(...registered("1"), head, name, sent("EventUnregistered")),
    ]);
    expect(noted).toMatch(/^1\.log:10: not understood: /);
    expect(text).toContain("1 piece of the log was not understood (first: 1.log:10: ");
    expect(isGreen).toBe(false);
  });
});

describe("how a log was read", () => {
  const read = () => {
    const gaps: number[] = [];
    return { gaps, log: createLogReading((_, count) => void gaps.push(count)) };
  };
  const event = {
    text: '{"AttributeEventName":"EventRegistered"}',
    where: "f:1",
    form: "json",
  } as const;

  it("leaves no doubt where each piece was understood", () => {
    const { log } = read();
    log.see({ kind: "event", event });
    expect(log.doubts()).toEqual([]);
  });

  it("says what is open, below the losses", () => {
    const { gaps, log } = read();
    log.see({ kind: "gap", gap: { where: "f:2", why: "because" }, clients: [] });
    log.see({ kind: "event", event, doubt: "half" });
    log.leaveOut(2);
    log.breakOff();
    expect(gaps).toEqual([1, 2]);
    const loss = { server: "S", thisDN: "1", lostAt: "T", cause: "c" };
    expect(lossLines([loss], log.doubts())).toEqual([
      "lost unexpectedly, 1 time:",
      "  T  S 1  c  still lost",
      "not all of the log was read and taken: whether a DN was lost there is not known",
      "2 pieces of the log were not understood (first: f:2: because): whether a DN was lost there is not known",
      "2 events were left out, since the log names no client for them: whether a DN was lost there is not known",
    ]);
  });

  it("is not whole where the adapter did not take an event", () => {
    const doubts = (outcome: string) => {
      const { log } = read();
      log.see({ kind: "event", event });
      createLearnLosses(() => true, log).see({ ...event, serverName: "S" }, outcome);
      return log.doubts().length;
    };
    expect(["applied", "duplicate", "ignored", "rejected", "refused"].map(doubts)).toEqual([
      0, 0, 0, 1, 1,
    ]);
  });
});
