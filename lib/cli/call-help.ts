/** What `./keyhouse call --help` says. */
export const CALL_HELP = `Calls one operation of this installation, as the AWS command line would.

  ./keyhouse call SERVICE OPERATION [JSON] [--member value …]

SERVICE is kms, sts, iam, cloudtrail or keyhouse. OPERATION is list-keys or ListKeys.

Try, in this order:
  ./keyhouse call sts get-caller-identity
  ./keyhouse call kms create-key --description 'My first key'
  ./keyhouse call kms create-alias --alias-name alias/first --target-key-id KEY_ID
  ./keyhouse call kms encrypt --key-id alias/first --plaintext fileb://note.txt
  ./keyhouse call kms decrypt --ciphertext-blob BASE64
  ./keyhouse call cloudtrail lookup-events --max-results 5

Members are given by name, or all together as JSON:
  ./keyhouse call kms list-keys --limit 5
  ./keyhouse call kms ListKeys '{"Limit": 5}'

Values:
  fileb://path   the bytes of a file (for --plaintext and other binary members)
  file://path    the text of a file (for --policy)
  base64         binary members that are typed in, and those that are printed
  a=1,b=2        for --encryption-context, and for --tags TagKey=a,TagValue=1 TagKey=b,TagValue=2
  2026-01-31T12:00:00Z, or seconds since 1970, for times
  --dry-run and --no-dry-run for what is true or false

Who you are, and where:
  --access-key-file FILE   the access key as downloaded (.csv or JSON), or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY
  --profile NAME           a profile of ~/.aws
  --region REGION          or AWS_REGION
  --endpoint-url URL       or AWS_ENDPOINT_URL_KMS; http://127.0.0.1:4566 unless told otherwise

Exit status: 0 when it was done, 255 when it was refused (the reason is on stderr), 1 when it could not be asked.
`
