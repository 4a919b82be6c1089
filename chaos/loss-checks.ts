import { type Check, textOf, toCheck } from "./check.ts";
import type { Reader } from "./end-state.ts";
import { lossKeyOf } from "./evaluations.ts";
import type { Evidence } from "./evidence.ts";
import { changedAtOf, type StatusImage } from "./status-images.ts";

/** A loss from its first write to the write that ended it, by our clock in microseconds; `to` is absent while it lasts. */
interface Episode {
  readonly key: string;
  readonly from: number;
  readonly to: number | undefined;
}

const episodesOf = (images: readonly StatusImage[]): Episode[] =>
  [...Map.groupBy(images, ({ server, ThisDN }) => textOf(server, ThisDN)).values()].flatMap((own) =>
    [...Map.groupBy(own, ({ alertId }) => alertId)].flatMap(([alertId, during]) => {
      const [first] = during;
      if (alertId === undefined || first === undefined) return [];
      const next = own[own.findLastIndex((image) => image.alertId === alertId) + 1];
      const key = lossKeyOf(first.ThisDN, `${first.server}#alert-${alertId}`);
      return [{ key, from: changedAtOf(first), to: next && changedAtOf(next) }];
    }),
  );

// The message about its end died with the queue: the stack was killed afterwards, and the evaluator has not begun to see to it since
// it was over. The clock finds what is lost, not what was.
const wasUnseen = (
  { key, to }: Episode,
  { outages, evaluations }: Pick<Evidence, "outages" | "evaluations">,
): boolean =>
  to !== undefined &&
  outages.some((outage) => outage.from > to) &&
  !evaluations.some((one) => one.key === key && one.at > to);

/** Looks for a decision about each loss, and for the telling of each alert. */
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
      "every alert is told",
      untold.map(({ ThisDN, lossKey }) => lossKeyOf(ThisDN, lossKey)),
      `${opened.size} alerts`,
    ),
  ];
};
