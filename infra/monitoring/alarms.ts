import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { type ITopic, Topic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import { resourceName } from "../settings/resource-name.ts";
import type { Settings } from "../settings/settings.ts";

/**
 * An alarm as a person on call reads it: what it means, and what to do. It fires at or above the threshold; with `isBelow`,
 * for what must not stop, it fires below the threshold and when nothing is counted.
 */
export type AlarmDefinition = {
  readonly name: string;
  readonly metric: IMetric;
  readonly threshold: number;
  readonly isBelow?: boolean;
  readonly meaning: string;
  readonly remedy: string;
};

const above = {
  comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  // Idle functions send no metrics: that is not an error.
  treatMissingData: TreatMissingData.NOT_BREACHING,
};
const below = {
  comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
  treatMissingData: TreatMissingData.BREACHING,
};

type AlarmsProps = {
  readonly settings: Settings;
  readonly operations: ITopic;
  readonly definitions: readonly AlarmDefinition[];
};

/** The alarms of the stack itself. Each notifies the operations topic, and the setting's, when it starts and when it is over. */
export class Alarms extends Construct {
  readonly alarms: readonly Alarm[];

  constructor(scope: Construct, id: string, { settings, operations, definitions }: AlarmsProps) {
    super(scope, id);
    const { alarmTopicArn } = settings;
    const isAnother = alarmTopicArn?.endsWith(`:${resourceName(settings, "operations")}`) === false;
    const topics = isAnother
      ? [operations, Topic.fromTopicArn(this, "Topic", alarmTopicArn)]
      : [operations];
    const actions = topics.map((topic) => new SnsAction(topic));
    this.alarms = definitions.map(({ name, metric, threshold, isBelow, meaning, remedy }) => {
      const alarm = new Alarm(this, name, {
        alarmName: resourceName(settings, name),
        alarmDescription: `${meaning} What to do: ${remedy}`,
        metric,
        threshold,
        evaluationPeriods: 1,
        ...(isBelow ? below : above),
      });
      alarm.addAlarmAction(...actions);
      alarm.addOkAction(...actions);
      return alarm;
    });
  }
}
