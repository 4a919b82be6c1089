import { env } from "node:process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dryRunOf, type ShownLoss } from "./support/dry-run-of.ts";
import {
  anyMessages,
  type Dialect,
  dialects,
  type LoggedMessage,
  lossesOf,
  missingIn,
} from "./support/written-log.ts";

const { DAMAGED_LOGS = "20" } = env;
const runs = Number(DAMAGED_LOGS);
const end = "08:59:59.000 Std 04120 Check point 2025-11-18T08:59:59";

type Text = { readonly lines: readonly string[] };
type Damage = (text: Text, at: number, how: number) => readonly string[];

const inserted = [
  "08:00:00.319 Std 04503 connection to client closed",
  "words of something else",
  "",
  "08:00:00.319 Trc 04542 EventRinging sent to [67] (00000e86 other 192.0.2.1:3426)",
  "08:00:00.319 Trc 04541 RequestQueryCall received from [66] (00000e85 bridge-a 192.0.2.1:3425)",
  "@08:00:00.3190 [0] 8.1.101.25 distribute_event: message EventRinging",
  "2025-11-18 08:00:00,319 DEBUG [x] - Proxy got message 'EventOnHook' ('87')",
  "File:            (2) ts900.20251118_080001_000.log",
  "    _T_I_ [14:02] sending event 85 for virtual queue",
];
const forms = [
  "send_to_client: EventUnregistered",
  "send_to_client: message 54",
  "08:00:00.319 [T:1] distribute call/party event: message EventUnregistered (54)",
  "2025-11-18T08:00:00.319+01:00 [14:32] sent: message EventUnregistered -- sent",
  "an event of the switch:",
  "Sending message EventUnregistered(refid=0) attributes:",
  "",
];
const masked = ["'****'", "<hidden>", "[output suppressed]", "***", "'12****'"];

const pick = <Item>(from: readonly Item[], how: number, other: Item): Item =>
  from[how % from.length] ?? other;
const replaced = ({ lines }: Text, at: number, line: string): string[] =>
  lines.toSpliced(at, 1, line);

const damages: Readonly<Record<string, Damage>> = {
  "a line is missing": ({ lines }, at) => lines.toSpliced(at, 1),
  "a line of something else stands between": ({ lines }, at, how) =>
    lines.toSpliced(at, 0, pick(inserted, how, "")),
  "a header has another form": (text, at, how) => {
    const header = text.lines.findIndex(
      (line, index) => index >= at && /EventUnr.*[^m]$/.test(line),
    );
    return header === -1 ? text.lines : replaced(text, header, pick(forms, how, ""));
  },
  "a value is masked": (text, at, how) => {
    const line = text.lines[at] ?? "";
    const mask = pick(masked, how, "***");
    const hidden = line.replace(/^(\s*Attribute\w+)(\t| \[\w+\] = ).*$/, `$1$2${mask}`);
    return replaced(text, at, hidden);
  },
  "a line is cut": (text, at, how) => {
    const line = text.lines[at] ?? "";
    return replaced(text, at, line.slice(0, how % (line.length + 1)));
  },
  "a line is there twice": (text, at) => text.lines.toSpliced(at, 0, text.lines[at] ?? ""),
  "two lines are missing": ({ lines }, at) => lines.toSpliced(at, 2),
};

const expectNothingHidden = (
  { isGreen, losses, text }: Awaited<ReturnType<typeof dryRunOf>>,
  expected: readonly ShownLoss[],
): void => {
  if (isGreen) expect([text, missingIn(losses, expected)]).toEqual([text, []]);
};

const written = (dialect: Dialect) =>
  anyMessages.map((messages) => {
    const lines = [...messages.flatMap((one) => dialect.write(one)), end];
    return { messages, lines, losses: lossesOf(messages) };
  });

/** The text of each message, with the place where it begins. */
const placesOf = (dialect: Dialect, messages: readonly LoggedMessage[]) => {
  let at = 0;
  return messages.map((message) => {
    const [header = "", ...rest] = dialect.write(message);
    const place = { message, begun: at + header.length, from: at, to: 0 };
    at += [header, ...rest].join("\n").length + 1;
    return { ...place, to: at };
  });
};

describe.each(dialects)("the log of a $name", (dialect) => {
  it("is understood as it is, however it is indented", async () => {
    const property = fc.asyncProperty(
      written(dialect),
      fc.constantFrom("\t", "    "),
      async (log, tab) => {
        const text = log.lines.map((line) => line.replaceAll("\t", tab)).join("\n");
        const { isGreen, losses, text: said } = await dryRunOf([text]);
        expect([said, isGreen, losses]).toEqual([said, true, log.losses]);
      },
    );
    await fc.assert(property, { numRuns: runs });
  });

  it.each(Object.entries(damages))(
    "shows each loss or is not green where %s",
    async (_, damage) => {
      const property = fc.asyncProperty(
        written(dialect),
        fc.nat(),
        fc.nat(),
        async (log, at, how) => {
          const lines = damage(log, at % (log.lines.length - 1), how);
          const shown = await dryRunOf([lines.join("\n")]);
          expectNothingHidden(shown, log.losses);
        },
      );
      await fc.assert(property, { numRuns: runs });
    },
  );

  it("goes on in the next file, and is not green where that one is missing or comes first", async () => {
    const property = fc.asyncProperty(
      written(dialect),
      fc.nat(),
      fc.boolean(),
      async (log, place, hasHead) => {
        const text = log.lines.join("\n");
        const at = hasHead
          ? text.indexOf("\n", place % (text.length - end.length)) + 1
          : place % text.length;
        const places = placesOf(dialect, log.messages);
        const begun = places.filter((one) => one.begun <= at).map(({ message }) => message);
        const [first, rest] = [text.slice(0, at), text.slice(at)];
        const second = hasHead ? `File:            (2) next.log\n\n${rest}` : rest;
        expectNothingHidden(await dryRunOf([first, second]), log.losses);
        expectNothingHidden(await dryRunOf([first]), lossesOf(begun));
        const cut = places.find(({ from, to }) => from < at && at < to - 1)?.message.name ?? "";
        if (hasHead && /Registered|Unregistered/.test(cut))
          expect((await dryRunOf([second, first])).isGreen).toBe(false);
      },
    );
    await fc.assert(property, { numRuns: runs });
  });
});
