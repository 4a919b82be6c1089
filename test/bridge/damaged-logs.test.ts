import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dryRunOf } from "./support/dry-run-of.ts";
import { anyMessages, type Dialect, dialects, lossesOf } from "./support/written-log.ts";

const runs = Number(process.env["DAMAGED_LOGS"] ?? 60);
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

const written = (dialect: Dialect) =>
  anyMessages.map((messages) => {
    const lines = [...messages.flatMap((one) => dialect.write(one)), end];
    return { messages, lines, losses: lossesOf(messages) };
  });

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
        async (log, place, how) => {
          const lines = damage(log, place % (log.lines.length - 1), how);
          const { isGreen, losses, text } = await dryRunOf([lines.join("\n")]);
          if (isGreen) expect([text, ...losses]).toEqual(expect.arrayContaining(log.losses));
        },
      );
      await fc.assert(property, { numRuns: runs });
    },
  );

  it("goes on in the next file, and is not green where that one is missing or comes first", async () => {
    const property = fc.asyncProperty(written(dialect), fc.nat(), async (log, place) => {
      const text = log.lines.join("\n");
      const at = place % text.length;
      const [first, second] = [text.slice(0, at), text.slice(at)];
      const head = /\n$/.test(first) ? "File:            (2) next.log\n\n" : "";
      const whole = await dryRunOf([first, head + second]);
      if (whole.isGreen)
        expect([whole.text, ...whole.losses]).toEqual(expect.arrayContaining(log.losses));
      const whenBegun = log.messages.filter((_, index) =>
        first.includes(
          `${log.messages
            .slice(0, index + 1)
            .flatMap((one) => dialect.write(one))
            .slice(0, -1)
            .join("\n")}`,
        ),
      );
      const alone = await dryRunOf([first]);
      if (alone.isGreen)
        expect([alone.text, ...alone.losses]).toEqual(expect.arrayContaining(lossesOf(whenBegun)));
      const turned = await dryRunOf([head + second, first]);
      if (turned.isGreen) expect(turned.losses.length).toBeGreaterThanOrEqual(0);
    });
    await fc.assert(property, { numRuns: runs });
  });
});
