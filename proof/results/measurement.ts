/** What a figure must be. Every figure is a ratio within one run or a count: no figure depends on how fast the machine is. */
export type Goal = {
  readonly atLeast?: number;
  readonly atMost?: number;
};

/** What one round found: the figure, and the time of its reference, which shows how steady the machine was. */
export type MeasurementRound = {
  readonly figure: number;
  /** Milliseconds; absent where the figure is a count or a size. */
  readonly reference?: number;
};

/** One row of the table. */
export type Measurement = {
  /** What `--only` takes, in kebab-case. */
  readonly name: string;
  readonly what: string;
  readonly goal: Goal;
  readonly measure: () => Promise<readonly MeasurementRound[]>;
};

/** A row when it was measured. `unsteady`: the reference varied by more than 25 %, so look at the range. */
export type MeasurementResult = {
  readonly name: string;
  readonly what: string;
  readonly goal: Goal;
  readonly figure: number;
  readonly min: number;
  readonly max: number;
  readonly pass: boolean;
  readonly unsteady: boolean;
};

const steadyWithin = 1.25;

/** The middle one of some numbers, or the mean of the two in the middle. */
export const median = (numbers: readonly number[]): number => {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = Number.NaN, high = low] = sorted.slice(
    Math.ceil(middle) - 1,
    Math.floor(middle) + 1,
  );
  return (low + high) / 2;
};

const varies = (references: readonly number[]): boolean =>
  references.length > 0 && Math.max(...references) > Math.min(...references) * steadyWithin;

/** Sums up the rounds of a measurement: the median counts, the range is shown. */
export const summarize = (
  { name, what, goal }: Pick<Measurement, "name" | "what" | "goal">,
  rounds: readonly MeasurementRound[],
): MeasurementResult => {
  const figures = rounds.map(({ figure }) => figure);
  const figure = median(figures);
  return {
    name,
    what,
    goal,
    figure,
    min: Math.min(...figures),
    max: Math.max(...figures),
    pass: figure >= (goal.atLeast ?? -Infinity) && figure <= (goal.atMost ?? Infinity),
    unsteady: varies(rounds.flatMap(({ reference }) => reference ?? [])),
  };
};
