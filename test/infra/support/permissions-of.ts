import * as v from "valibot";
import type { SynthesizedStage } from "./synthesize.ts";

const OneOrMore = v.pipe(
  v.union([v.string(), v.array(v.string())]),
  v.transform((value) => [value].flat().toSorted()),
);
const RoleSchema = v.strictObject({
  AssumeRolePolicyDocument: v.looseObject({}),
  // One inline policy, and no managed one beside it: that would be another key.
  Policies: v.strictTuple([
    v.looseObject({
      PolicyDocument: v.looseObject({
        Statement: v.array(
          v.strictObject({ Effect: v.literal("Allow"), Action: OneOrMore, Resource: OneOrMore }),
        ),
      }),
    }),
  ]),
});

/** What the role of a function of stage dev allows, as "actions on resource"; throws where it is more than one inline policy. */
export const permissionsOf = (stage: SynthesizedStage, name: string): string[] => {
  const lambda = stage.one("AWS::Lambda::Function", `dn-registration-dev-${name}`);
  const role = stage.one("AWS::IAM::Role", String(lambda.properties["Role"]));
  const [{ PolicyDocument }] = v.parse(RoleSchema, role.properties).Policies;
  return PolicyDocument.Statement.flatMap(({ Action, Resource }) =>
    Resource.map((resource) => `${Action.join(", ")} on ${resource}`),
  );
};
