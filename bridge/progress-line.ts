/** How far an import is, and when. */
export type Progress = {
  /** Milliseconds of any clock. */
  readonly atMs: number;
  readonly readBytes: number;
  readonly totalBytes: number;
  readonly done: number;
  readonly waiting: number;
};

const width = 24;

/** From 0 to 1: what is read counts as far as it has been sent. */
const shareOf = ({ readBytes, totalBytes, done, waiting }: Progress): number => {
  const read = totalBytes === 0 ? 1 : Math.min(1, readBytes / totalBytes);
  return read * (done / Math.max(1, done + waiting));
};

const durationText = (seconds: number): string => {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};

/** The speed since then, and the time that is left at it. Nothing before something is done. */
const paceText = (now: Progress, before: Progress): string => {
  const seconds = (now.atMs - before.atMs) / 1000;
  const perSecond = (now.done - before.done) / seconds;
  const left = (1 - shareOf(now)) / ((shareOf(now) - shareOf(before)) / seconds);
  if (!(seconds > 0 && perSecond > 0 && Number.isFinite(left) && left >= 0)) return "";
  return `, ${perSecond.toFixed(perSecond < 10 ? 1 : 0)} events/s, ${durationText(left)} left`;
};

/** One line for how far an import is, with its speed since an earlier moment. */
export const progressLine = (now: Progress, before = now): string => {
  const share = shareOf(now);
  const bar = "#".repeat(Math.round(share * width)).padEnd(width, ".");
  return `[${bar}] ${Math.floor(share * 100)} %, ${now.done} done${paceText(now, before)}`;
};
