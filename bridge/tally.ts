/** What became of the events of a run. */
export interface Tally {
  readonly outcomes: Readonly<Record<string, number>>;
  readonly notSent: number;
  readonly unreadable: number;
}

/** The tally with one more event of this outcome. */
export const countOutcome = (tally: Tally, outcome: string): Tally => ({
  ...tally,
  outcomes: { ...tally.outcomes, [outcome]: (tally.outcomes[outcome] ?? 0) + 1 },
});

const usual = ["applied", "duplicate", "outdated", "ignored", "rejected"];

/** One line that says how a run ended. */
export const summary = ({ outcomes, notSent, unreadable }: Tally): string => {
  const names = [...usual, ...Object.keys(outcomes).filter((name) => !usual.includes(name))];
  const parts = names
    .map((name) => ({ name, count: outcomes[name] ?? 0 }))
    .filter(({ name, count }) => count > 0 || name === "applied")
    .map(({ name, count }) => `${count} ${name}`);
  const sent = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
  if (notSent > 0) parts.push(`${notSent} not sent`);
  if (unreadable > 0) parts.push(`${unreadable} not readable`);
  const total = sent + notSent + unreadable;
  return `${total} ${total === 1 ? "event" : "events"}: ${parts.join(", ")}`;
};

/** Whether everything that was given is stored, or ignored because it is no concern of the adapter. */
export const isComplete = ({ outcomes, notSent, unreadable }: Tally): boolean =>
  notSent === 0 &&
  unreadable === 0 &&
  Object.keys(outcomes).every((name) =>
    ["applied", "duplicate", "outdated", "ignored"].includes(name),
  );
