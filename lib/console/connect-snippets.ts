/** How programs are pointed at this installation: lines that work as they stand, once the access key is filled in. */
import type { CodePlace, Snippet } from './code/request.ts'
import { terraformProvider } from './code/terraform.ts'

/** Says which access key; its secret is never written into a snippet. */
export type ConnectFacts = CodePlace & { readonly accessKeyId?: string }

const SECRET = '<secret access key>'
const idOf = ({ accessKeyId }: ConnectFacts) => accessKeyId ?? '<access key ID>'

const cli = (
  facts: ConnectFacts,
): string => `aws configure set aws_access_key_id '${idOf(facts)}' --profile keyhouse
aws configure set aws_secret_access_key '${SECRET}' --profile keyhouse
aws configure set region ${facts.region} --profile keyhouse

export AWS_PROFILE=keyhouse
KH='--endpoint-url ${facts.endpoint}'

aws sts get-caller-identity $KH

KEY_ID=$(aws kms create-key --description 'My first key' $KH \\
  --query KeyMetadata.KeyId --output text)
aws kms create-alias --alias-name alias/first --target-key-id "$KEY_ID" $KH

printf 'hello' > note.txt
aws kms encrypt --key-id alias/first --plaintext fileb://note.txt $KH \\
  --query CiphertextBlob --output text | base64 --decode > note.encrypted
aws kms decrypt --ciphertext-blob fileb://note.encrypted $KH \\
  --query Plaintext --output text | base64 --decode`

const environment = (facts: ConnectFacts): string => `export AWS_ACCESS_KEY_ID='${idOf(facts)}'
export AWS_SECRET_ACCESS_KEY='${SECRET}'
export AWS_REGION=${facts.region}
export AWS_DEFAULT_REGION=${facts.region}
export AWS_ENDPOINT_URL_KMS=${facts.endpoint}
export AWS_ENDPOINT_URL_STS=${facts.endpoint}
export AWS_ENDPOINT_URL_CLOUDTRAIL=${facts.endpoint}`

const boto3 = (facts: ConnectFacts): string => `import boto3

kms = boto3.client(
    "kms",
    endpoint_url="${facts.endpoint}",
    region_name="${facts.region}",
    aws_access_key_id="${idOf(facts)}",
    aws_secret_access_key="${SECRET}",
)

key_id = kms.create_key(Description="My first key")["KeyMetadata"]["KeyId"]
sealed = kms.encrypt(KeyId=key_id, Plaintext=b"hello")["CiphertextBlob"]
print(kms.decrypt(CiphertextBlob=sealed)["Plaintext"])`

const javascript = (
  facts: ConnectFacts,
): string => `import { CreateKeyCommand, DecryptCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms'

const kms = new KMSClient({
  endpoint: '${facts.endpoint}',
  region: '${facts.region}',
  credentials: { accessKeyId: '${idOf(facts)}', secretAccessKey: '${SECRET}' },
})

const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Description: 'My first key' }))
const { CiphertextBlob } = await kms.send(
  new EncryptCommand({ KeyId: KeyMetadata.KeyId, Plaintext: new TextEncoder().encode('hello') }),
)
const { Plaintext } = await kms.send(new DecryptCommand({ CiphertextBlob }))
console.log(new TextDecoder().decode(Plaintext))`

const terraform = (facts: ConnectFacts): string => `# export AWS_ACCESS_KEY_ID='${idOf(facts)}'
# export AWS_SECRET_ACCESS_KEY='${SECRET}'

${terraformProvider(facts)}

resource "aws_kms_key" "first" {
  description             = "My first key"
  deletion_window_in_days = 7
}

resource "aws_kms_alias" "first" {
  name          = "alias/first"
  target_key_id = aws_kms_key.first.key_id
}`

const keyhouse = (facts: ConnectFacts): string => `export AWS_ACCESS_KEY_ID='${idOf(facts)}'
export AWS_SECRET_ACCESS_KEY='${SECRET}'
export AWS_REGION=${facts.region}
export AWS_ENDPOINT_URL_KMS=${facts.endpoint}

./keyhouse call sts get-caller-identity
./keyhouse call kms create-key --description 'My first key'
./keyhouse call kms create-alias --alias-name alias/first --target-key-id KEY_ID
printf 'hello' > note.txt
./keyhouse call kms encrypt --key-id alias/first --plaintext fileb://note.txt
./keyhouse call kms decrypt --ciphertext-blob BASE64`

/** Tabs of the Connect page. */
export const connectSnippets = (facts: ConnectFacts): Snippet[] => [
  {
    id: 'cli',
    label: 'AWS CLI',
    code: cli(facts),
    note: 'The same lines work with version 1 and version 2. fileb:// hands over the bytes of a file, which both read alike.',
  },
  {
    id: 'environment',
    label: 'Environment',
    code: environment(facts),
    note: 'For any recent SDK. Version 1 of the AWS CLI needs --endpoint-url before 1.29.',
  },
  { id: 'python', label: 'Python', code: boto3(facts) },
  { id: 'javascript', label: 'JavaScript', code: javascript(facts) },
  { id: 'terraform', label: 'Terraform', code: terraform(facts) },
  {
    id: 'keyhouse',
    label: './keyhouse',
    code: keyhouse(facts),
    note: 'For machines without the AWS CLI, from the folder of the clone.',
  },
]
