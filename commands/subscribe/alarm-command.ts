/** The AWS CLI's command that makes an alarm on a queue as soon as a message waits in it. */
export const alarmCommand = (queueName: string, alarmTopicArn: string): string =>
  [
    `  aws cloudwatch put-metric-alarm --alarm-name ${queueName}`,
    "--namespace AWS/SQS --metric-name ApproximateNumberOfMessagesVisible",
    `--dimensions Name=QueueName,Value=${queueName}`,
    "--statistic Maximum --period 300 --evaluation-periods 1",
    "--threshold 0 --comparison-operator GreaterThanThreshold",
    `--treat-missing-data notBreaching --alarm-actions ${alarmTopicArn}`,
  ].join(" \\\n    ");
