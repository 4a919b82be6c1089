import type { StatusImage } from "../stack/status-images.ts";
import { type Check, comparableText, toCheck } from "./check.ts";
import type { Evidence } from "./evidence.ts";
import type { PublishedMessage } from "./subscriber.ts";

const sequenceLength = 12;

const placeOf = ({ source, subject, sequence }: PublishedMessage): string =>
  comparableText(source, subject, sequence);
const expectedPlace = ({ server, ThisDN, revision }: StatusImage): string =>
  comparableText(
    `/servers/${encodeURIComponent(server)}`,
    ThisDN,
    String(revision).padStart(sequenceLength, "0"),
  );

/** Looks for each published write of a status among what the topic took. */
export const checkChanges = (
  images: readonly StatusImage[],
  { changes }: Pick<Evidence, "changes">,
): Check => {
  const told = new Set(changes.map(placeOf));
  const wrong = images
    .filter(({ changed }) => changed)
    .map(expectedPlace)
    .filter((place) => !told.has(place));
  const repeats = changes.length - told.size;
  return toCheck(
    "the topic took every change",
    wrong,
    `${told.size}, and ${repeats} of them again`,
  );
};

/** A change keeps one id however often it is published, and an id belongs to one change. */
export const checkIds = ({ changes }: Pick<Evidence, "changes">): Check => {
  const ids = Map.groupBy(changes, ({ id }) => id);
  const places = Map.groupBy(changes, placeOf);
  const ambiguous = [...ids].filter(([, same]) => new Set(same.map(placeOf)).size > 1);
  const torn = [...places].filter(([, same]) => new Set(same.map(({ id }) => id)).size > 1);
  const wrong = [...ambiguous, ...torn].map(([name]) => name);
  return toCheck("repeats are known by their id", wrong, `${ids.size} ids`);
};

/** What the topic took while a subscriber listened has reached that subscriber. */
export const checkSubscriber = ({
  demanded,
  received,
}: Pick<Evidence, "demanded" | "received">): Check => {
  const wrong = demanded.map(({ id }) => id).filter((id) => !received.has(id));
  return toCheck(
    "a subscriber got what the topic took",
    wrong,
    `${received.size} changes since the last start`,
  );
};
