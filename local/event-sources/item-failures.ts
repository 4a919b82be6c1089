import * as v from "valibot";

const FailuresSchema = v.object({
  batchItemFailures: v.nullish(v.array(v.object({ itemIdentifier: v.nullish(v.string()) }))),
});

/** Reads which items a function reports as failed: "" for one without an identifier, undefined when the report is invalid. */
export const reportedFailures = (payload: string): readonly string[] | undefined => {
  const answer: unknown = JSON.parse(payload);
  if (answer === null || answer === "") return [];
  const report = v.safeParse(FailuresSchema, answer);
  if (!report.success) return undefined;
  return (report.output.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier ?? "");
};
