import * as v from "valibot";
import { AlertRulesSchema, HoldDownSchema } from "../../lambda/domain/rules.ts";

const {
  holdDowns: _holdDowns,
  watchedBridges: _watchedBridges,
  ...rules
} = AlertRulesSchema.entries;

/** The alert rules as the functions read them, except that an unknown rule is refused instead of ignored. */
const StrictRulesSchema = v.strictObject({
  ...rules,
  holdDowns: v.optional(v.array(v.strictObject(HoldDownSchema.entries)), []),
  watchedBridges: v.optional(
    v.array(v.strictObject({ server: v.string(), application: v.string() })),
    [],
  ),
});

/** What the value of an issue must be: text that continues "it must be". */
const mustBe = ({ type, requirement }: v.BaseIssue<unknown>): string => {
  switch (type) {
    case "min_value":
      return `at least ${requirement}`;
    case "max_value":
      return `at most ${requirement}`;
    case "integer":
      return "a whole number";
    case "array":
      return "a list";
    case "string":
      return "text";
    case "number":
      return "a number";
    default:
      return "an object, for example '{\"holdDownSeconds\":60}'";
  }
};

/** The setting `alerts`, as JSON text or as an object. The result is complete: a rule that is not given has its default. */
export const AlertsSettingSchema = v.pipe(
  v.union(
    [v.pipe(v.string(), v.parseJson(), v.looseObject({})), v.looseObject({})],
    "must be an object, for example '{\"holdDownSeconds\":60}'",
  ),
  v.config(StrictRulesSchema, { message: (issue) => `must be ${mustBe(issue)}` }),
);
