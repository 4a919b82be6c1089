import { type Check, textOf, toCheck } from "./check.ts";
import type { Reader } from "./end-state.ts";
import type { Evidence } from "./evidence.ts";
import { changedAtOf, type StatusImage } from "./status-images.ts";

/** A loss from its first write to the write that ended it, by our clock in microseconds; `to` is absent while it lasts. */
interface Episode {
  readonly key: string;
  readonly from: number;
  readonly to: number | undefined;
}

const keyOf = (thisDN: string, lossKey: string): string => textOf(thisDN, lossKey);

const episodesOf = (images: readonly StatusImage[]): Episode[] =>
  [...Map.groupBy(images, ({ server, ThisDN }) => textOf(server, ThisDN)).values()].flatMap((own) =>
    [...Map.groupBy(own, ({ alertId }) => alertId)].flatMap(([alertId, during]) => {
      const [first] = during;
      if (alertId === undefined || first === undefined) return [];
      const next = own[own.findLastIndex((image) => image.alertId === alertId) + 1];
      const key = keyOf(first.ThisDN, `${first.server}#alert-${alertId}`);
      return [{ key, from: changedAtOf(first), to: next && changedAtOf(next) }];
    }),
  );

// How long a message may have been on its way to the evaluator when the stack died.
const lagMicros = 15_000_000;

// Its message died with the queue, and when the clock looked, on the next life, it was over.
const wasUnseen = ({ from, to }: Episode, { outages }: Pick<Evidence, "outages">): boolean =>
  to !== undefined && outages.some((outage) => from < outage.to && to > outage.from - lagMicros);

/** Looks for a decision about each loss, and for the telling of each alert. */
export const checkLosses = async (
  { readLosses }: Pick<Reader, "readLosses">,
  images: readonly StatusImage[],
  evidence: Pick<Evidence, "outages" | "alerts">,
): Promise<Check[]> => {
  const losses = await readLosses();
  const decided = new Set(losses.map(({ ThisDN, lossKey }) => keyOf(ThisDN, lossKey)));
  const episodes = episodesOf(images);
  const undecided = episodes.filter(({ key }) => !decided.has(key));
  const wrong = undecided.filter((episode) => !wasUnseen(episode, evidence));
  const alerted = losses.filter(({ state }) => state === "alerted");
  const openings = evidence.alerts.filter(({ type }) => type === "alert.opened");
  const opened = new Set(openings.map(({ data }) => data.alertId));
  const untold = alerted.filter(({ alert }) => !opened.has(alert?.alertId));
  const cut = undecided.length - wrong.length;
  const words = `${episodes.length} losses, ${alerted.length} alerted, ${cut} over before a dead stack was back`;
  return [
    toCheck(
      "every loss is decided",
      wrong.map(({ key }) => key),
      words,
    ),
    toCheck(
      "every alert is told",
      untold.map(({ ThisDN, lossKey }) => keyOf(ThisDN, lossKey)),
      `${opened.size} alerts`,
    ),
  ];
};
