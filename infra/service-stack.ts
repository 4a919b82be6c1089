import { Stack } from "aws-cdk-lib";
import { Construct } from "constructs";
import { HttpApi } from "./api/http-api.ts";
import { DataByName } from "./data-by-name.ts";
import { AuthorizeFunction } from "./functions/authorize-function.ts";
import { EvaluateFunction } from "./functions/evaluate-function.ts";
import { FanoutFunction } from "./functions/fanout-function.ts";
import type { FunctionCode } from "./functions/function-code.ts";
import { IngestFunction } from "./functions/ingest-function.ts";
import { OperateFunction } from "./functions/operate-function.ts";
import { QueryFunction } from "./functions/query-function.ts";
import { ScheduledRun } from "./functions/scheduled-run.ts";
import { Monitoring } from "./monitoring/monitoring.ts";
import { publishOutputs } from "./outputs.ts";
import { resourceName } from "./settings/resource-name.ts";
import type { Settings } from "./settings/settings.ts";

/** What the service stack is made from. */
export type ServiceStackProps = { readonly settings: Settings; readonly code: FunctionCode };

/** What can be deployed again at any time without losing data: functions, API, event sources, alarms, dashboard. */
export class ServiceStack extends Stack {
  constructor(scope: Construct, { settings, code }: ServiceStackProps) {
    const stackName = resourceName(settings);
    super(scope, stackName, {
      stackName,
      description: "DN registrations: functions, API, alarms and dashboard",
    });
    const data = new DataByName(this, "Data", settings);
    const props = { settings, code, data };
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
    const httpApi = new HttpApi(this, "HttpApi", { ...props, functions });
    new Monitoring(this, "Observation", { ...props, functions, scheduledRun, httpApi });
    publishOutputs(this, {
      ApiUrl: httpApi.api.apiEndpoint,
      FanoutFunction: fanout.function.functionName,
      EvaluateFunction: evaluate.function.functionName,
      // Where alarms go besides the stage's own topic; the same topic where the setting is not given.
      AlarmTopic: settings.alarmTopicArn ?? data.topics.operations.topicArn,
    });
  }
}
