/** How far a sweep has come: `beyond` as in `SweepRange`. The last pass checks once more what changed last. */
export type SweepPosition = { isLastLook: boolean; beyond: string | undefined };

const lastLook = "last ";

/** Writes a position as the text that a sweep's message carries; absent at the start. */
export const formatPosition = ({ isLastLook, beyond = "" }: SweepPosition): string =>
  isLastLook ? lastLook + beyond : beyond;

/** Reads a position back: sort keys begin with a year, so no other position begins as the last pass does. */
export const readPosition = (from: string | undefined): SweepPosition =>
  from?.startsWith(lastLook)
    ? { isLastLook: true, beyond: from.slice(lastLook.length) }
    : { isLastLook: false, beyond: from };
