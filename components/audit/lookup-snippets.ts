/** CloudTrail's LookupEvents for one event as code: what AWS's own programs ask Keyhouse's log with. */
import type { CodePlace, Snippet } from '#lib/console/snippets.ts'

const cli = (id: string, { endpoint, region }: CodePlace) => `aws cloudtrail lookup-events \\
  --lookup-attributes AttributeKey=EventId,AttributeValue=${id} \\
  --region ${region} \\
  --endpoint-url ${endpoint}`

const python = (id: string, { endpoint, region }: CodePlace) => `import boto3

cloudtrail = boto3.client("cloudtrail", region_name="${region}", endpoint_url="${endpoint}")

answer = cloudtrail.lookup_events(
    LookupAttributes=[{"AttributeKey": "EventId", "AttributeValue": "${id}"}],
)
for event in answer["Events"]:
    print(event["CloudTrailEvent"])
`

const javascript = (
  id: string,
  { endpoint, region }: CodePlace,
) => `import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail'

const cloudtrail = new CloudTrailClient({ region: '${region}', endpoint: '${endpoint}' })

const { Events } = await cloudtrail.send(
  new LookupEventsCommand({
    LookupAttributes: [{ AttributeKey: 'EventId', AttributeValue: '${id}' }],
  }),
)
for (const { CloudTrailEvent } of Events) console.log(CloudTrailEvent)
`

const curl = (id: string, { endpoint, region }: CodePlace) => `curl ${endpoint} \\
  --aws-sigv4 aws:amz:${region}:cloudtrail \\
  --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" \\
  --header 'Content-Type: application/x-amz-json-1.1' \\
  --header 'X-Amz-Target: com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents' \\
  --data '{"LookupAttributes":[{"AttributeKey":"EventId","AttributeValue":"${id}"}]}'`

/** The event of that id, asked for as a program would. */
export const lookupSnippets = (id: string, place: CodePlace): readonly Snippet[] => [
  { id: 'cli', label: 'CLI', code: cli(id, place) },
  { id: 'python', label: 'Python', code: python(id, place) },
  { id: 'javascript', label: 'JavaScript', code: javascript(id, place) },
  { id: 'curl', label: 'curl', code: curl(id, place) },
]
