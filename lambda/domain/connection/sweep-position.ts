/** How far a sweep has come: `beyond` as in `SweepRange`. The last pass checks once more what changed last. */
export type SweepPosition = { isLastPass: boolean; beyond: string | undefined };

const lastPass = "last ";

/** A position that is not the start, where `beyond` is absent. */
export type LaterSweepPosition = SweepPosition & { beyond: string };

/** Writes a position as the text that a sweep's message carries. */
export const formatPosition = ({ isLastPass, beyond }: LaterSweepPosition): string =>
  isLastPass ? lastPass + beyond : beyond;

/** Reads a position back: sort keys begin with a year, so no other position begins as the last pass does. */
export const readPosition = (from: string | undefined): SweepPosition =>
  from?.startsWith(lastPass)
    ? { isLastPass: true, beyond: from.slice(lastPass.length) }
    : { isLastPass: false, beyond: from };
