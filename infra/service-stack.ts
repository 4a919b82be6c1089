import { Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { HttpApi } from "./api/http-api.ts";
import { Evaluation } from "./functions/evaluate-function.ts";
import { FanOut } from "./functions/fanout-function.ts";
import { Ingest } from "./functions/ingest-function.ts";
import { Operating } from "./functions/operate-function.ts";
import { Reading } from "./functions/query-function.ts";
import type { CapabilityProps } from "./functions/service-props.ts";
import { Observation } from "./monitoring/monitoring.ts";
import { publishOutputs } from "./outputs.ts";
import { resourceName } from "./settings/resource-name.ts";

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
