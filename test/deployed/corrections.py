"""MiniStack 1.5.33, corrected where AWS's documentation says otherwise and the tests would notice.

Imported before the first request is answered. The file REFUSED_RESOURCES, if there is one, has the beginnings of
logical ids that cannot be created: a fault of the test's own. docs/deployed-test.md lists what is not corrected.
"""

import os

from ministack.core import iam_actions
from ministack.services import cloudformation, cloudwatch_logs, dynamodb, lambda_svc, sns
from ministack.services.cloudformation import handlers as requests
from ministack.services.cloudformation import provisioners, stacks

handlers = provisioners._RESOURCE_HANDLERS


# A secret's Ref is its ARN; MiniStack's is its name, which none of the functions' roles allows to read.
# https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html
def identify_secrets_by_arn():
    secret = handlers["AWS::SecretsManager::Secret"]
    create, update, delete = secret["create"], secret["update"], secret["delete"]

    def by_arn(result):
        _, attributes = result
        return attributes["Arn"], attributes

    def name_of(arn):
        return provisioners._sm._resolve(arn)[0] or arn

    secret["create"] = lambda *args, **more: by_arn(create(*args, **more))
    secret["update"] = lambda arn, *args, **more: by_arn(update(name_of(arn), *args, **more))
    secret["delete"] = lambda arn, properties: delete(name_of(arn), properties)


# IAM has no actions for batches: the action for one message allows them. MiniStack asks for actions that do not exist.
# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_AddPermission.html
# https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html
def allow_batches_like_single_messages():
    single = {
        "sqs:SendMessageBatch": "sqs:SendMessage",
        "sqs:DeleteMessageBatch": "sqs:DeleteMessage",
        "sqs:ChangeMessageVisibilityBatch": "sqs:ChangeMessageVisibility",
        "sns:PublishBatch": "sns:Publish",
    }
    extract = iam_actions.extract_iam_action

    def extract_single(*args, **more):
        action = extract(*args, **more)
        return single.get(action, action)

    iam_actions.extract_iam_action = extract_single


# A table with deletion protection cannot be deleted, by CloudFormation either. MiniStack takes no notice of what a
# global table says of its replicas, where the protection stands.
# https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithTables.Basics.html
def protect_tables():
    table = handlers["AWS::DynamoDB::GlobalTable"]
    create, update, delete = table["create"], table["update"], table["delete"]

    def protected(result, properties):
        name, _ = result
        replica = properties["Replicas"][0]
        is_protected = replica.get("DeletionProtectionEnabled", False)
        dynamodb._tables[name]["DeletionProtectionEnabled"] = is_protected
        return result

    def create_table(logical_id, properties, stack_name):
        return protected(create(logical_id, properties, stack_name), properties)

    def update_table(name, old, new, stack_name):
        return protected(update(name, old, new, stack_name), new)

    def delete_table(name, properties):
        if dynamodb._tables[name]["DeletionProtectionEnabled"]:
            raise ValueError(f"Resource {name} cannot be deleted: deletion protection is enabled")
        delete(name, properties)

    table.update(create=create_table, update=update_table, delete=delete_table)


# A name that is in use cannot be given to a second resource; MiniStack overwrites the first one, with what is in it. A
# topic that a stack left behind is no longer in use once it was deleted by itself.
# https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html
def refuse_names_in_use():
    name_properties = {
        "AWS::DynamoDB::GlobalTable": "TableName",
        "AWS::KMS::Alias": "AliasName",
        "AWS::Lambda::Function": "FunctionName",
        "AWS::Logs::LogGroup": "LogGroupName",
        "AWS::SecretsManager::Secret": "Name",
        "AWS::SNS::Topic": "TopicName",
        "AWS::SQS::Queue": "QueueName",
    }

    def is_deleted(kind, physical_id):
        return kind == "AWS::SNS::Topic" and physical_id not in sns._topics

    def refuse_in_use(kind, name_property):
        create, delete = handlers[kind]["create"], handlers[kind]["delete"]
        in_use = {}

        def create_unique(logical_id, properties, stack_name):
            name = properties.get(name_property)
            if name in in_use and not is_deleted(kind, in_use[name]):
                raise ValueError(f"{kind} {name} already exists")
            result = create(logical_id, properties, stack_name)
            if name is not None:
                in_use[name], _ = result
            return result

        def delete_named(physical_id, properties):
            delete(physical_id, properties)
            in_use.pop(properties.get(name_property), None)

        handlers[kind].update(create=create_unique, delete=delete_named)

    for kind, name_property in name_properties.items():
        refuse_in_use(kind, name_property)


# While another stack imports an export, it can be neither removed nor changed; once removed, it cannot be imported.
# MiniStack lets it be removed, and lets it be imported even then.
# https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-importvalue.html
def keep_exports_in_use():
    resolve = stacks._resolve_stack_outputs

    def is_user(export, name, stack):
        is_there = stack["StackStatus"] != "DELETE_COMPLETE"
        return is_there and export in requests._imported_export_names(stack, name)

    def resolve_or_refuse(definitions, conditions, resources, parameters, mappings, stack_name, stack_id):
        answer = resolve(definitions, conditions, resources, parameters, mappings, stack_name, stack_id)
        _, exports = answer
        known = cloudformation._exports
        own = {name: export for name, export in known.items() if export["StackId"] == stack_id}
        for export in [name for name in own if exports.get(name) != own[name]]:
            users = [name for name, stack in cloudformation._stacks.items() if is_user(export, name, stack)]
            if users:
                verb = "updated" if export in exports else "deleted"
                raise ValueError(f"Export {export} cannot be {verb} as it is in use by {', '.join(users)}")
        for removed in own.keys() - exports.keys():
            del known[removed]
        return answer

    stacks._resolve_stack_outputs = resolve_or_refuse


# A log group is made for a function only where its role allows logs:CreateLogGroup, which none of the stacks' does.
# MiniStack always makes it: again, when a function that still runs is removed together with its log group.
# https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html
def log_to_existing_groups():
    emit = lambda_svc._emit_lambda_logs

    def emit_to_existing(function, *args, **more):
        group = function.get("config", function)["LoggingConfig"]["LogGroup"]
        if group in cloudwatch_logs._log_groups:
            emit(function, *args, **more)

    lambda_svc._emit_lambda_logs = emit_to_existing


# Not a correction: the fault that a test plants.
def refuse_what_the_test_names():
    def is_refused(logical_id):
        try:
            with open(os.environ["REFUSED_RESOURCES"], encoding="utf-8") as file:
                return logical_id.startswith(tuple(file.read().split()))
        except FileNotFoundError:
            return False

    def refuse(create):
        def create_or_refuse(logical_id, *args, **more):
            if is_refused(logical_id):
                raise ValueError(f"{logical_id} is refused by the test")
            return create(logical_id, *args, **more)

        return create_or_refuse

    for handler in handlers.values():
        handler["create"] = refuse(handler["create"])


identify_secrets_by_arn()
allow_batches_like_single_messages()
protect_tables()
refuse_names_in_use()
keep_exports_in_use()
log_to_existing_groups()
refuse_what_the_test_names()
