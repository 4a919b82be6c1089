import * as v from "valibot";
import { AlertRulesSchema, HoldDownSchema } from "../../lambda/domain/alerting/rules.ts";

// The functions get the rules as a variable, and all variables of a function hold 4 KB.
const maxJsonBytes = 3_000;

const {
  holdDowns: _holdDowns,
  watchedBridges: _watchedBridges,
  ...rules
} = AlertRulesSchema.entries;

/** The rules of alerts as the functions read them; what is not a rule is refused instead of passed over. */
const StrictRulesSchema = v.strictObject({
  ...rules,
  holdDowns: v.optional(v.array(v.strictObject(HoldDownSchema.entries)), []),
  watchedBridges: v.optional(
    v.array(v.strictObject({ server: v.string(), application: v.string() })),
    [],
  ),
});

/** The rule that an issue is about, in words that go on after "it must be". */
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

/** The setting `alerts`, as JSON text or as an object; complete, with the default of each rule that is not given. */
export const AlertsSettingSchema = v.pipe(
  v.union(
    [v.pipe(v.string(), v.parseJson(), v.looseObject({})), v.looseObject({})],
    "must be an object, for example '{\"holdDownSeconds\":60}'",
  ),
  v.config(StrictRulesSchema, { message: (issue) => `must be ${mustBe(issue)}` }),
  v.check(
    (alerts) => JSON.stringify(alerts).length <= maxJsonBytes,
    `must be shorter than ${maxJsonBytes} characters as JSON`,
  ),
);
