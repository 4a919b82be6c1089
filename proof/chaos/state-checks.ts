import type { Reader } from "../stack/end-state.ts";
import { type Check, comparableText, toCheck } from "./check.ts";
import type { Evidence } from "./evidence.ts";
import { type ExpectedRegistration, expectedState } from "./oracle.ts";

const registrationText = (one: ExpectedRegistration): string =>
  comparableText(
    one.status,
    one.verdict,
    one.confirmedAt,
    one.applications.map((each) =>
      comparableText(each.name, each.status, each.verdict, each.confirmedAt),
    ),
  );

/** Compares what the API shows with what the oracle makes of the same events. */
export const checkState = async (
  { readRegistrations }: Pick<Reader, "readRegistrations">,
  { events }: Pick<Evidence, "events">,
): Promise<Check> => {
  const expected = expectedState(events);
  const numbers = [...new Set(expected.map(({ thisDN }) => thisDN))];
  const actual = await readRegistrations(numbers);
  const found = new Map(
    actual.map((one) => [comparableText(one.server, one.thisDN), registrationText(one)]),
  );
  const wrong = expected
    .filter((one) => found.get(comparableText(one.server, one.thisDN)) !== registrationText(one))
    .map(({ server, thisDN }) => `${server} ${thisDN}`);
  const strange = found.size - expected.length;
  const more = strange > 0 ? [`${strange} DNs that no bridge sent`] : [];
  return toCheck("the end state is the oracle's", [...wrong, ...more], `${expected.length} DNs`);
};

/** Looks for each event in the history. */
export const checkHistory = async (
  { readHistory }: Pick<Reader, "readHistory">,
  { events }: Pick<Evidence, "events">,
): Promise<Check> => {
  const rows = (await readHistory()).map((row) =>
    comparableText(row.application, row.server, row.ThisDN, row.event, row.time),
  );
  const expected = events.map((one) =>
    comparableText(one.application, one.server, one.thisDN, one.event, one.time),
  );
  const counts = new Map(
    [...Map.groupBy(rows, (row) => row)].map(([row, { length }]) => [row, length]),
  );
  const wrong = expected.filter((row) => counts.get(row) !== 1);
  const strange = counts.size - new Set(expected).size;
  const more = strange > 0 ? [`${strange} events that no bridge sent`] : [];
  return toCheck(
    "every event is in the history once",
    [...wrong, ...more],
    `${rows.length} events`,
  );
};
