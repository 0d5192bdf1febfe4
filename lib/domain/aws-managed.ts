/**
 * AWS managed keys as data: the services that have one, its alias, and the policy AWS gives it (facts §16).
 * https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-key
 */
import { rootArn } from './arn.ts'
import { printPolicy } from './default-policy.ts'

export type ManagedService = {
  /** As in alias/aws/<name> and, unless `via` says otherwise, in kms:ViaService. */
  readonly name: string
  readonly label: string
  /** What the service encrypts with the key, for its description. */
  readonly what: string
  readonly via?: string
  /** The number at the end of the policy's Id. */
  readonly policyVersion: number
}

/** In the order of their aliases, which is the order of a list. */
export const MANAGED_SERVICES: readonly ManagedService[] = [
  { name: 'acm', label: 'ACM', what: 'ACM private keys', policyVersion: 1 },
  { name: 'backup', label: 'Backup', what: 'AWS Backup data', policyVersion: 1 },
  { name: 'cloud9', label: 'Cloud9', what: 'Cloud9 environments', policyVersion: 1 },
  { name: 'codecommit', label: 'CodeCommit', what: 'CodeCommit repositories', policyVersion: 1 },
  { name: 'connect', label: 'Connect', what: 'Amazon Connect data', policyVersion: 1 },
  { name: 'dms', label: 'DMS', what: 'database migrations', policyVersion: 1 },
  { name: 'dynamodb', label: 'DynamoDB', what: 'DynamoDB tables', policyVersion: 1 },
  { name: 'ebs', label: 'EBS', what: 'EBS volumes', via: 'ec2', policyVersion: 2 },
  { name: 'elasticfilesystem', label: 'EFS', what: 'EFS file systems', policyVersion: 1 },
  { name: 'es', label: 'OpenSearch Service', what: 'OpenSearch domains', policyVersion: 1 },
  { name: 'fsx', label: 'FSx', what: 'FSx file systems', policyVersion: 1 },
  { name: 'glue', label: 'Glue', what: 'Glue data', policyVersion: 1 },
  { name: 'kafka', label: 'MSK', what: 'MSK clusters', policyVersion: 1 },
  { name: 'kinesis', label: 'Kinesis', what: 'Kinesis streams', policyVersion: 1 },
  { name: 'lambda', label: 'Lambda', what: 'Lambda environment variables', policyVersion: 1 },
  { name: 'rds', label: 'RDS', what: 'RDS database volumes', policyVersion: 2 },
  { name: 'redshift', label: 'Redshift', what: 'Redshift clusters', policyVersion: 1 },
  { name: 's3', label: 'S3', what: 'S3 objects', policyVersion: 2 },
  {
    name: 'secretsmanager',
    label: 'AWS Secrets Manager',
    what: 'Secrets Manager data',
    policyVersion: 1,
  },
  { name: 'sns', label: 'SNS', what: 'SNS data', policyVersion: 1 },
  { name: 'sqs', label: 'SQS', what: 'SQS messages', policyVersion: 1 },
  { name: 'ssm', label: 'SSM', what: 'SSM parameters', policyVersion: 1 },
  { name: 'workspaces', label: 'WorkSpaces', what: 'WorkSpaces volumes', policyVersion: 1 },
  { name: 'xray', label: 'X-Ray', what: 'X-Ray traces', policyVersion: 1 },
]

const PREFIX = 'alias/aws/'

export const managedAlias = (service: ManagedService): string => PREFIX + service.name

/** In ascending order. */
export const MANAGED_ALIASES: readonly string[] = MANAGED_SERVICES.map(managedAlias)

/** The service whose key an alias names, or undefined. */
export const managedServiceOf = (alias: string): ManagedService | undefined =>
  MANAGED_SERVICES.find((service) => managedAlias(service) === alias)

export const managedDescription = ({ what }: ManagedService): string =>
  `Default key that protects my ${what} when no other key is defined`

const USE = [
  'kms:Encrypt',
  'kms:Decrypt',
  'kms:ReEncrypt*',
  'kms:GenerateDataKey*',
  'kms:CreateGrant',
  'kms:DescribeKey',
]
const LOOK = ['kms:Describe*', 'kms:Get*', 'kms:List*', 'kms:RevokeGrant']

/**
 * Everybody in the account may use the key through its service, and the account may look at it; nobody may manage it.
 */
export function managedKeyPolicy(
  service: ManagedService,
  place: { partition: string; region: string; account: string },
): string {
  return printPolicy(`auto-${service.name}-${service.policyVersion}`, [
    {
      Sid: `Allow access through ${service.label} for all principals in the account that are authorized to use ${service.label}`,
      principals: ['*'],
      Action: USE,
      Condition: {
        StringEquals: {
          'kms:CallerAccount': place.account,
          // Also in China (facts §19).
          'kms:ViaService': `${service.via ?? service.name}.${place.region}.amazonaws.com`,
        },
      },
    },
    {
      Sid: 'Allow direct access to key metadata to the account',
      principals: [rootArn(place.partition, place.account)],
      Action: LOOK,
    },
  ])
}
