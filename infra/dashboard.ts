import { Duration } from "aws-cdk-lib";
import type { HttpStage } from "aws-cdk-lib/aws-apigatewayv2";
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard as AwsDashboard,
  GraphWidget,
  type IMetric,
  MathExpression,
} from "aws-cdk-lib/aws-cloudwatch";
import type { EventSourceMapping } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { depthOf, sourceMetric } from "./dead-letter-alarms.ts";
import type { LambdaFunction } from "./lambda-function.ts";
import type { Queues } from "./queues.ts";
import {
  metricsNamespace,
  type RegistrationMetric,
  registrationMetric,
  serviceDimension,
} from "./registration-metrics.ts";
import { resourceName } from "./resource-name.ts";
import type { Settings } from "./settings.ts";

interface DashboardProps {
  readonly settings: Settings;
  readonly alarms: readonly Alarm[];
  readonly stage: HttpStage;
  readonly fanout: LambdaFunction;
  readonly source: EventSourceMapping;
  readonly queues: Queues;
}

const graph = (title: string, left: IMetric[], unit?: string): GraphWidget =>
  new GraphWidget({
    title,
    left,
    width: 12,
    leftYAxis: { min: 0, ...(unit === undefined ? {} : { label: unit, showUnits: false }) },
  });

const period = Duration.minutes(5);

const counts = (settings: Settings, ...names: readonly RegistrationMetric[]): IMetric[] =>
  names.map((name) => registrationMetric(settings, name));

const comingIn = ({ settings, stage }: DashboardProps): GraphWidget[][] => [
  [
    graph(
      "Events by outcome",
      counts(
        settings,
        "EventsApplied",
        "EventsDuplicate",
        "EventsOutdated",
        "EventsIgnored",
        "EventsRejected",
      ),
    ),
    graph("Lag between T-Server time and arrival, p95 by server", [lagByServer(settings)], "s"),
  ],
  [
    graph("Requests", [
      stage.metricCount({ period, statistic: "Sum" }),
      stage.metricClientError({ period, statistic: "Sum" }),
      stage.metricServerError({ period, statistic: "Sum" }),
    ]),
    graph(
      "Requests refused for their signature",
      counts(settings, "SignaturesRefused", "StaleSignaturesWithRightKey"),
    ),
  ],
];

const goingOut = ({ settings, fanout, stage }: DashboardProps): GraphWidget[][] => [
  [
    graph("Alerts", counts(settings, "AlertsOpened", "AlertsResolved")),
    graph("Changes", counts(settings, "ChangesPublished", "ChangesRefused")),
  ],
  [
    graph(
      "Oldest change waiting for fanout",
      [fanout.function.metric("IteratorAge", { statistic: "Maximum", period })],
      "ms",
    ),
    graph("Latency", [stage.metricLatency({ period, statistic: "p95" })], "ms"),
  ],
];

const stuck = ({ queues, source }: DashboardProps): GraphWidget[] => [
  graph("Dead letters", [
    depthOf(queues.rejectedEvents).with({ label: "rejected events" }),
    depthOf(queues.failedChanges).with({ label: "failed changes" }),
    sourceMetric(source, "OnFailureDestinationDeliveredEventCount").with({
      label: "to the bucket of failed stream batches",
    }),
  ]),
];

/** One page that answers: does it run, what comes in, what goes out, what is stuck. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    const { settings, alarms } = props;
    const overview = new AlarmStatusWidget({
      title: "Alarms",
      alarms: [...alarms],
      width: 24,
      height: 4,
    });
    new AwsDashboard(this, "Dashboard", {
      dashboardName: resourceName(settings),
      widgets: [[overview], ...comingIn(props), ...goingOut(props), stuck(props)],
    });
  }
}

// A search: servers come and go without a deployment.
const lagByServer = (settings: Settings): MathExpression =>
  new MathExpression({
    expression: `SEARCH('{${metricsNamespace},server,service} MetricName="ArrivalLagSeconds" service="${serviceDimension(settings)}"', 'p95', 300)`,
    usingMetrics: {},
    label: "",
    period: Duration.minutes(5),
  });
