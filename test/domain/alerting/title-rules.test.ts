import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Alert,
  AlertEventTypeSchema,
  subjects,
} from "../../../lambda/domain/alerting/alert.ts";
import { alertTitle } from "../../../lambda/domain/alerting/alert-title.ts";
import { type HeadlinePart, named } from "../../../lambda/domain/alerting/headline.ts";
import { toAlertMessage, toAlertText } from "../../../lambda/domain/message/alert-message.ts";
import { createZone } from "../../../lambda/domain/zone.ts";
import { messageSettings, readHeadline, reading } from "../../support/alert-texts.ts";
import { buildAlert, buildMember } from "../../support/build-alert.ts";
import { baseTime } from "../../support/build-event.ts";

const zones = ["UTC", "America/New_York", "Asia/Kathmandu", "Pacific/Chatham"].map(createZone);
const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u;

// Names and causes as they may come: with line ends, tabs, escapes, marks that turn text around, halves of characters.
const piece = fc.constantFrom(
  ..."ab7_-. é語𝄞\n\r\t\u001b\u202e\u200b\u2028\u00ad\u0301\ud800\ufffe".split(""),
  ...["👩‍👩‍👧", "🇩🇪", "[31m", "SIPTS"],
);
const textOfLength = (maxLength: number) =>
  fc.array(piece, { minLength: 1, maxLength }).map((parts) => parts.join(""));
const name = fc.oneof(textOfLength(12), textOfLength(255));
const time = fc.integer({ min: 0, max: 40 * 86_400 }).map((s) => baseTime - s * 1_000_000);
const part: fc.Arbitrary<HeadlinePart> = fc.oneof(
  fc.constantFrom(" lost DN ", " since ", ", still seen by ", " (flapping)"),
  fc.array(name, { maxLength: 5 }).map((names) => named(names)),
  time.map((at) => ({ at })),
  textOfLength(300).map((why) => ({ why })),
);
const alertOf = fc
  .record({
    server: name.map((text) => text.toWellFormed()),
    bridge: name,
    author: name,
    thisDN: name,
    at: time,
    cause: textOfLength(300),
    parts: fc.array(part, { maxLength: 9 }),
    notice: fc.constantFrom(...AlertEventTypeSchema.options),
  })
  .map(({ server, bridge, author, thisDN, at, cause, parts, notice }) => {
    const bridges = named([bridge]);
    return buildAlert({
      server,
      thisDN,
      notice,
      subject: subjects.dn(server, thisDN),
      dns: [buildMember({ thisDN, applications: [bridge] })],
      acknowledgement: { author, note: cause },
      text: {
        headline: [bridges, " lost DN ", named([thisDN]), " at ", { at }, { why: cause }, ...parts],
        advice: cause,
      },
    });
  });

/** How a name begins in a title, however much of it is cut. */
const beginningOf = (text: string): string => {
  const shown = text
    .toWellFormed()
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu, "")
    .replace(/[\p{Cc}\p{Z}\s]+/gu, " ")
    .trim();
  const { segment = "?" } = [...new Intl.Segmenter("en").segment(shown)][0] ?? {};
  return segment.length <= 8 ? segment : "";
};

describe("the title of any alert", () => {
  it("is one line of at most 140 characters that names what happened, T-Server and bridge", () => {
    const property = fc.property(alertOf, fc.constantFrom(...zones), (alert, zone) => {
      const title = alertTitle(alert, alert.notice, { ...reading, zone });
      expect(title.length).toBeLessThanOrEqual(140);
      expect(title).not.toMatch(hidden);
      expect(title.isWellFormed()).toBe(true);
      expect(title).toMatch(/^(?:OPEN|UPDATE|ACK .*|RESOLVED) /);
      const [subject = "", ...rest] = title.split(": ");
      expect(subject).toContain(beginningOf(alert.server));
      expect(rest.join(": ")).toContain(beginningOf(alert.dns[0]?.applications[0] ?? ""));
    });
    fc.assert(property, { numRuns: 300 });
  });

  it("is in the subject as far as 99 printable ASCII characters hold it", () => {
    const property = fc.property(alertOf, fc.constantFrom(...zones), (alert, zone) => {
      const settings = { ...messageSettings, zone };
      const message = toAlertMessage(alert, settings);
      const text = toAlertText(alert, message, settings);
      expect(message.subject).toMatch(/^(?:OPEN|UPDATE|ACK|RESOLVED) [\x20-\x7e]{1,95}$/);
      expect(text).toMatchObject({ subject: message.subject, attributes: message.attributes });
      const { title } = JSON.parse(JSON.stringify(message.event.data));
      expect(text.sms).toBe(title);
      expect(text.text.isWellFormed()).toBe(true);
      for (const line of text.text.split("\n")) {
        expect(line.length).toBeLessThanOrEqual(78);
        expect(line).not.toMatch(hidden);
      }
    });
    fc.assert(property, { numRuns: 200 });
  });

  it("is the same however often it is made", () => {
    const property = fc.property(alertOf, (alert) => {
      expect(toAlertMessage(alert, messageSettings)).toEqual(
        toAlertMessage(structuredClone(alert), messageSettings),
      );
    });
    fc.assert(property, { numRuns: 50 });
  });
});

describe("a title that is too long", () => {
  const alert = (changes: Partial<Alert>) =>
    alertTitle({ ...buildAlert(), ...changes }, "alert.opened", reading);
  const headline = (bridges: readonly string[], thisDN: string, why: string) => ({
    text: {
      headline: [named(bridges), " lost DN ", named([thisDN]), " at ", { at: baseTime }, { why }],
    },
  });

  it("loses the end of its cause first", () => {
    expect(alert(headline(["bridge-a"], "7001", "word ".repeat(60)))).toBe(
      `OPEN SIPTS750: bridge-a lost DN 7001 at 02:58 UTC: ${"word ".repeat(17)}w...`,
    );
  });

  it("then the middles of its names, evenly, and keeps a word of the cause", () => {
    const long = {
      ...headline(["b".repeat(64)], "7".repeat(255), "not configured"),
      server: "S".repeat(128),
    };
    const title = alert(long);
    expect(title).toMatch(
      /^OPEN S{17}\.\.\.S{8}: b{17}\.\.\.b{8} lost DN 7{17}\.\.\.7{8} at 02:58 UTC: not configured$/,
    );
    expect(title.length).toBeGreaterThan(125);
  });

  it("names one bridge of many where three do not fit", () => {
    const bridges = Array.from({ length: 34 }, (_, index) => `${index}`.padEnd(64, "b"));
    const dn = "7".repeat(255);
    const long = { ...headline(bridges, dn, "not configured"), server: "S".repeat(128) };
    expect(alert(long)).toMatch(
      /^OPEN S+\.\.\.S+: 0b+\.\.\.b+ and 33 more lost DN 7+\.\.\.7+ at 02:58 UTC: not configured$/,
    );
  });

  it("loses what comes last where nothing else helps, with the words that lead to it", () => {
    const many = Array.from({ length: 9 }, () => [
      ", still seen by ",
      named(["bridge-b".repeat(9)]),
    ]);
    const text = { headline: [named(["bridge-a"]), " lost DN ", named(["7001"]), ...many.flat()] };
    expect(alert({ text })).toMatch(
      /^OPEN SIPTS750: bridge-a lost DN 7001(?:, still seen by bridge-bb\.\.\.ge-b){3}$/,
    );
  });

  it("is cut between characters as a reader sees them", () => {
    const why = "🇩🇪".repeat(60);
    expect(alert({ text: { headline: ["lost", { why }] } })).toMatch(
      /^OPEN SIPTS750: lost: (?:🇩🇪)+\.\.\.$/u,
    );
  });
});

describe("an error message with line ends and escapes", () => {
  it("becomes one line", () => {
    const why = "first\r\nsecond \u001b[31mred\u202e\u200b";
    expect(readHeadline({ headline: ["lost", { why }] })).toBe("lost: first second [31mred");
  });
});
