/** What became of the events of a run. */
export type RunTally = {
  readonly outcomes: Readonly<Record<string, number>>;
  /** Without a final answer: in the spool, for the next run. */
  readonly kept: number;
  readonly unreadable: number;
};

/** The tally with one more event of this outcome. */
export const countOutcome = (tally: RunTally, outcome: string): RunTally => ({
  ...tally,
  outcomes: { ...tally.outcomes, [outcome]: (tally.outcomes[outcome] ?? 0) + 1 },
});

const usual = ["applied", "duplicate", "outdated", "ignored", "rejected"];

/** One line that says how a run ended. */
export const summary = ({ outcomes, kept, unreadable }: RunTally): string => {
  const names = [...usual, ...Object.keys(outcomes).filter((name) => !usual.includes(name))];
  const parts = names
    .map((name) => ({ name, count: outcomes[name] ?? 0 }))
    .filter(({ name, count }) => count > 0 || name === "applied")
    .map(({ name, count }) => `${count} ${name}`);
  const sent = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
  if (kept > 0) parts.push(`${kept} kept for the next run`);
  if (unreadable > 0) parts.push(`${unreadable} not readable`);
  const total = sent + kept + unreadable;
  return `${total} ${total === 1 ? "event" : "events"}: ${parts.join(", ")}`;
};

/** Whether everything that was given is stored, or ignored because it is no concern of the adapter. */
export const isComplete = ({ outcomes, kept, unreadable }: RunTally): boolean =>
  kept === 0 &&
  unreadable === 0 &&
  Object.keys(outcomes).every((name) =>
    ["applied", "duplicate", "outdated", "ignored"].includes(name),
  );

/** Counts as a run goes on. */
export const createTallyCounter = () => {
  let tally: RunTally = { outcomes: {}, kept: 0, unreadable: 0 };
  let done = 0;
  return {
    count: (outcome: string): void => {
      tally = countOutcome(tally, outcome);
      done += 1;
    },
    countUnreadable: (): void => {
      tally = { ...tally, unreadable: tally.unreadable + 1 };
    },
    /** How many events have a final answer. */
    done: () => done,
    /** The tally, with what is kept in the spool. */
    total: (kept: number): RunTally => ({ ...tally, kept }),
  };
};

/** Counts as a run goes on. */
export type TallyCounter = ReturnType<typeof createTallyCounter>;
