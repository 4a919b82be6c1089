import { Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";
import type { CapabilityProps } from "./capability-props.ts";
import { Evaluation } from "./evaluation.ts";
import { FanOut } from "./fan-out.ts";
import { HttpApi } from "./http-api.ts";
import { Ingest } from "./ingest.ts";
import { Observation } from "./observation.ts";
import { Operating } from "./operating.ts";
import { publishOutputs } from "./outputs.ts";
import { Reading } from "./reading.ts";
import { resourceName } from "./resource-name.ts";

/** What a stage can make anew at any time: functions, API, event sources, alarms, dashboard. */
export class ServiceStack extends Stack {
  constructor(scope: Construct, props: CapabilityProps) {
    const stackName = resourceName(props.settings);
    super(scope, stackName, {
      stackName,
      description: "DN registrations: functions, API, alarms and dashboard",
    });
    const { ingest } = new Ingest(this, "Ingest", props);
    const { query, authorize } = new Reading(this, "Reading", props);
    const { fanout, sources } = new FanOut(this, "FanOut", props);
    const { evaluate, clock } = new Evaluation(this, "Evaluation", props);
    const { operate } = new Operating(this, "Operating", props);
    const functions = { ingest, fanout, evaluate, query, operate, authorize };
    const { api, stage } = new HttpApi(this, "HttpApi", { ...props, functions });
    new Observation(this, "Observation", { ...props, functions, sources, clock, stage });
    publishOutputs(this, {
      ApiUrl: api.apiEndpoint,
      FanoutFunction: fanout.function.functionName,
      EvaluateFunction: evaluate.function.functionName,
    });
  }
}
