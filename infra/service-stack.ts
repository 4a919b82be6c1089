import { Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";
import type { CapabilityProps } from "./capability-props.ts";
import { FanOut } from "./fan-out.ts";
import { HttpApi } from "./http-api.ts";
import { Ingest } from "./ingest.ts";
import { Observation } from "./observation.ts";
import { publishOutputs } from "./outputs.ts";
import { Reading } from "./reading.ts";
import { resourceName } from "./resource-name.ts";

/** What a stage can make anew at any time: functions, API, event source, alarms, dashboard. */
export class ServiceStack extends Stack {
  constructor(scope: Construct, props: CapabilityProps) {
    const stackName = resourceName(props.settings);
    super(scope, stackName, {
      stackName,
      description: "DN registrations: functions, API, alarms and dashboard",
    });
    const { ingest } = new Ingest(this, "Ingest", props);
    const { query, authorize } = new Reading(this, "Reading", props);
    const { fanout, source } = new FanOut(this, "FanOut", props);
    const { api, stage } = new HttpApi(this, "HttpApi", { ...props, ingest, query, authorize });
    new Observation(this, "Observation", {
      ...props,
      functions: { ingest, fanout, query, authorize },
      source,
      stage,
    });
    publishOutputs(this, {
      ApiUrl: api.apiEndpoint,
      FanoutFunction: fanout.function.functionName,
    });
  }
}
