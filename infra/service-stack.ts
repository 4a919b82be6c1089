import { Stack } from "aws-cdk-lib";
import { Construct } from "constructs";
import { HttpApi } from "./api/http-api.ts";
import { AuthorizeFunction } from "./functions/authorize-function.ts";
import { EvaluateFunction } from "./functions/evaluate-function.ts";
import { FanoutFunction } from "./functions/fanout-function.ts";
import { IngestFunction } from "./functions/ingest-function.ts";
import { OperateFunction } from "./functions/operate-function.ts";
import { QueryFunction } from "./functions/query-function.ts";
import { ScheduledRun } from "./functions/scheduled-run.ts";
import type { ServiceProps } from "./functions/service-props.ts";
import { Monitoring } from "./monitoring/monitoring.ts";
import { publishOutputs } from "./outputs.ts";
import { resourceName } from "./settings/resource-name.ts";

/** What can be deployed again at any time without losing data: functions, API, event sources, alarms, dashboard. */
export class ServiceStack extends Stack {
  constructor(scope: Construct, props: ServiceProps) {
    const stackName = resourceName(props.settings);
    super(scope, stackName, {
      stackName,
      description: "DN registrations: functions, API, alarms and dashboard",
    });
    // Ids are permanent, older than today's names: CloudFormation would replace a resource that has another path.
    const group = (id: string) => new Construct(this, id);
    const [reading, evaluation] = [group("Reading"), group("Evaluation")];
    const fanout = new FanoutFunction(group("FanOut"), "Fanout", props);
    const evaluate = new EvaluateFunction(evaluation, "Evaluate", props);
    const functions = {
      ingest: new IngestFunction(group("Ingest"), "Ingest", props),
      fanout,
      evaluate,
      query: new QueryFunction(reading, "Query", props),
      operate: new OperateFunction(group("Operating"), "Operate", props),
      authorize: new AuthorizeFunction(reading, "Authorize", props),
    };
    const scheduledRun = new ScheduledRun(evaluation, "Clock", { ...props, evaluate });
    const { api, stage } = new HttpApi(this, "HttpApi", { ...props, functions });
    new Monitoring(this, "Observation", { ...props, functions, scheduledRun, stage });
    publishOutputs(this, {
      ApiUrl: api.apiEndpoint,
      FanoutFunction: fanout.function.functionName,
      EvaluateFunction: evaluate.function.functionName,
    });
  }
}
