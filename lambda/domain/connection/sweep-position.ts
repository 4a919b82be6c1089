/** How far a sweep is: `beyond` as in `SweepRange`; in the end it looks once more at what changed last. */
export type SweepPosition = { isLastLook: boolean; beyond: string | undefined };

const lastLook = "last ";

/** Writes a position as the text that a sweep's message carries; absent at the start. */
export const formatPosition = ({ isLastLook, beyond = "" }: SweepPosition): string =>
  isLastLook ? lastLook + beyond : beyond;

/** Reads a position back: sort keys begin with a year, so nothing else begins as the last look does. */
export const readPosition = (from: string | undefined): SweepPosition =>
  from?.startsWith(lastLook)
    ? { isLastLook: true, beyond: from.slice(lastLook.length) }
    : { isLastLook: false, beyond: from };
