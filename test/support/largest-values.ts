import fc from "fast-check";
import type { Alert, AlertMember } from "../../lambda/domain/alerting/alert.ts";
import type { Loss } from "../../lambda/domain/alerting/loss.ts";
import type { Mark } from "../../lambda/domain/status/mark.ts";
import type { RegistrationStatus } from "../../lambda/domain/status/registration-status.ts";
import { buildAlert, buildMember } from "./build-alert.ts";
import { baseTime, registered, unregistered } from "./build-event.ts";
import { buildFormerMember, buildHeld, buildMissing } from "./build-loss.ts";
import { statusAfter } from "./status-after.ts";

// One byte, three bytes, four bytes, escaped by JSON, a space: each is the longest in some count.
const characters = ["7", "語", "𝄞", '"', "\\", "\u2028"];
const charactersOfMessages = [...characters, "\u0001"];

const repeated = (character: string, length: number): string =>
  character.repeat(Math.max(Math.floor(length / character.length), 0));

/** A name that an event may have, of about so many UTF-16 units; the index makes it distinct. */
export const longName = (character: string, index: number, length: number): string =>
  `${index}`.padEnd(8, "x") + repeated(character, length - 8);

/** Names of about so many UTF-16 units, up to thousands of them. */
const namesOf = (character: string, count: number, length: number): string[] =>
  Array.from({ length: count }, (_, index) => longName(character, index, length));

// How long the lists and texts of something are, and what characters they consist of.
type Sizes = { character: string; text: string; length: number; count: number };

const sizesOf = (...each: readonly Pick<Sizes, "length" | "count">[]): fc.Arbitrary<Sizes> =>
  fc
    .tuple(
      fc.constantFrom(...characters),
      fc.constantFrom(...charactersOfMessages),
      fc.constantFrom(...each),
    )
    .map(([character, text, size]) => ({ character, text, ...size }));

// Far beyond what is ever stored.
const anySizes = sizesOf(
  { length: 0, count: 3_000 },
  { length: 200, count: 400 },
  { length: 1_000, count: 30 },
  { length: 20_000, count: 60 },
  { length: 0, count: 0 },
);
// What an item could hold, however it came about: 400 KB, most of it in lists, in texts, or in both.
const storedSizes = sizesOf(
  { length: 0, count: 28 },
  { length: 200, count: 12 },
  { length: 500, count: 3 },
  { length: 0, count: 0 },
);

const reasonOf = ({ text, length }: Sizes) => ({
  ...buildMember().reason,
  evidence: repeated(text, length),
  errorMessage: repeated(text, length),
});

const membersOf = (size: Sizes, count: number): AlertMember[] => {
  const applications = namesOf("b", size.count, 64);
  const registeredOn = namesOf(size.character, size.count, 128);
  return namesOf(size.character, count, 255).map((thisDN) => ({
    ...buildMember(),
    thisDN,
    applications,
    registeredOn,
    reason: reasonOf(size),
  }));
};

const longTextOf = ({ character, text, length, count }: Sizes) => ({
  headline: [
    repeated(text, length),
    { names: namesOf(character, count, 255), count },
    ...Array.from({ length: count }, () => ({ why: repeated(text, length) })),
  ],
  advice: repeated(text, length),
});

const alertOf = (size: Sizes, others: Sizes): Alert => {
  const { character, text, length, count } = size;
  const words = repeated(text, length);
  const entry = { at: baseTime, what: words, author: words, note: words };
  return buildAlert({
    server: longName(character, 0, 128),
    thisDN: longName(character, 0, 255),
    application: longName("b", 0, 64),
    text: longTextOf(others),
    endText: longTextOf(size),
    acknowledgement: { author: words, note: words },
    dns: membersOf(others, Math.min(count, 120)),
    causes: namesOf(text, count, length).map((cause) => ({ cause, count: 1 })),
    customers: namesOf(character, count, 128),
    timeline: Array(50).fill(entry),
  });
};

const lossOf = (size: Sizes, make: (changes: object) => Loss): Loss =>
  make({
    thisDN: longName(size.character, 0, 255),
    server: longName(size.character, 0, 128),
    applications: namesOf("b", size.count, 64),
    reason: reasonOf(size),
    cause: repeated(size.text, size.length),
    customerID: longName(size.character, 0, 128),
    trail: Array(20).fill({ at: baseTime, words: repeated(size.text, size.length) }),
  });

const applicationOf = (size: Sizes, isLost: boolean) => {
  const { character } = size;
  const attributes = {
    customerID: longName(character, 0, 128),
    agentID: longName(character, 0, 128),
  };
  const errorMessage = repeated(size.text, Math.max(size.length, 200));
  const status = isLost
    ? statusAfter(registered(attributes), unregistered({ time: baseTime + 1, errorCode: 59 }))
    : statusAfter(registered(attributes));
  const [application] = Object.values(status.applications);
  const withMessage = (mark: Mark | undefined) => mark && { ...mark, errorMessage };
  return application && { ...application, lost: withMessage(application.lost) };
};

const largestStatusOf = (size: Sizes, isLost: boolean): RegistrationStatus => {
  const application = applicationOf(size, isLost);
  const names = namesOf("b", Math.max(size.count, 1), 64);
  return {
    ...statusAfter(registered()),
    thisDN: longName(size.character, 0, 255),
    server: longName(size.character, 0, 128),
    alertId: "alert-1",
    applications: Object.fromEntries(
      names.flatMap((name) => (application === undefined ? [] : [[name, application]])),
    ),
  };
};

const makers: readonly ((changes: object) => Loss)[] = [
  (changes) => buildMissing("alert-1", changes),
  (changes) => buildFormerMember("alert-1", changes),
  (changes) => buildHeld(`bridge/${longName("b", 0, 64)}`, changes),
];

const largest = (sizes: fc.Arbitrary<Sizes>) => ({
  alert: fc.tuple(sizes, sizes).map(([own, others]) => alertOf(own, others)),
  loss: fc.tuple(sizes, fc.constantFrom(...makers)).map(([size, make]) => lossOf(size, make)),
  status: fc.tuple(sizes, fc.boolean()).map(([size, isLost]) => largestStatusOf(size, isLost)),
});

/** Alerts, losses and statuses with lists and texts far beyond what they may have. */
export const unbounded = largest(anySizes);

/** The same as they may have been stored: an item has 400 KB at most. */
export const stored = largest(storedSizes);
