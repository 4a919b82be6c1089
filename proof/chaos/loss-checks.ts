import type { Reader } from "../stack/end-state.ts";
import { publishedAtOf, type StatusImage } from "../stack/status-images.ts";
import { type Check, comparableText, toCheck } from "./check.ts";
import { lossKeyOf } from "./evaluations.ts";
import type { Evidence } from "./evidence.ts";

/** A loss from its first write to the write that ended it, by our clock in microseconds; `to` is absent while it lasts. */
type Episode = {
  readonly key: string;
  readonly from: number;
  readonly to: number | undefined;
};

const episodesOf = (images: readonly StatusImage[]): Episode[] =>
  [...Map.groupBy(images, ({ server, ThisDN }) => comparableText(server, ThisDN)).values()].flatMap(
    (own) =>
      [...Map.groupBy(own, ({ alertId }) => alertId)].flatMap(([alertId, during]) => {
        const [first] = during;
        if (alertId === undefined || first === undefined) return [];
        const next = own[own.findLastIndex((image) => image.alertId === alertId) + 1];
        const key = lossKeyOf(first.ThisDN, `${first.server}#alert-${alertId}`);
        return [{ key, from: publishedAtOf(first), to: next && publishedAtOf(next) }];
      }),
  );

const last = (times: readonly number[]): number | undefined =>
  times.reduce<number | undefined>((newest, time) => Math.max(newest ?? time, time), undefined);

// The last message about it died with the queue: the stack that took it was killed when the loss was over, and the evaluator had
// not begun to see to it since then. The clock finds what is lost, not what was.
const wasUnseen = (
  { key, to }: Episode,
  { outages, evaluations }: Pick<Evidence, "outages" | "evaluations">,
): boolean => {
  const own = evaluations.filter((one) => one.key === key);
  const asked = last(own.filter(({ kind }) => kind === "asked").map(({ at }) => at));
  if (to === undefined || asked === undefined) return false;
  const death = outages.map(({ from }) => from).find((from) => from >= asked);
  const isSeen = own.some(({ kind, at }) => kind === "seen" && at > to);
  return death !== undefined && death > to && !isSeen;
};

/** Looks for a decision about each loss, and for the publication of each alert. */
export const checkLosses = async (
  { readLosses }: Pick<Reader, "readLosses">,
  images: readonly StatusImage[],
  evidence: Pick<Evidence, "outages" | "evaluations" | "alerts">,
): Promise<Check[]> => {
  const losses = await readLosses();
  const decided = new Set(losses.map(({ ThisDN, lossKey }) => lossKeyOf(ThisDN, lossKey)));
  const episodes = episodesOf(images);
  const undecided = episodes.filter(({ key }) => !decided.has(key));
  const wrong = undecided.filter((episode) => !wasUnseen(episode, evidence));
  const alerted = losses.filter(({ state }) => state === "alerted");
  const openings = evidence.alerts.filter(({ type }) => type === "alert.opened");
  const opened = new Set(openings.map(({ data }) => data.alertId));
  const untold = alerted.filter(({ alert }) => !opened.has(alert?.alertId));
  const cut = undecided.length - wrong.length;
  const words = `${episodes.length} losses, ${alerted.length} alerted, ${cut} over before a stack died, unseen`;
  return [
    toCheck(
      "every loss is decided",
      wrong.map(({ key }) => key),
      words,
    ),
    toCheck(
      "every alert is published",
      untold.map(({ ThisDN, lossKey }) => lossKeyOf(ThisDN, lossKey)),
      `${opened.size} alerts`,
    ),
  ];
};
