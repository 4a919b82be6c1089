"""Makes one AWS call and prints its answer, all pages of it, as JSON: aws.py SERVICE OPERATION PARAMETERS"""

import json
import sys

import botocore.session

service, operation, parameters = sys.argv[1:]
client = botocore.session.get_session().create_client(service)
call = getattr(client, operation)
if client.can_paginate(operation):
    paginator = client.get_paginator(operation)

    def call(**given):
        return paginator.paginate(**given).build_full_result()


print(json.dumps(call(**json.loads(parameters)), default=str))
