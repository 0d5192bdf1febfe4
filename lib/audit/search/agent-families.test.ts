import { expect, it } from 'vitest'
import { fitsValue } from '../../domain/filter-value.ts'
import { agentsOf, familyOf } from './agent-families.ts'

it.each([
  ['aws-cli/2.31.0 md/awscrt#0.27.6 ua/2.1 os/linux', 'aws-cli'],
  ['Boto3/1.34.2 md/Botocore#1.34.2 ua/2.0', 'Boto3'],
  ['Botocore/1.29.1 Python/3.11', 'Boto3'],
  ['aws-sdk-js/3.940.0 ua/2.1 os/linux lang/js', 'aws-sdk-js'],
  ['aws-sdk-go-v2/1.36.3 ua/2.1', 'aws-sdk-go'],
  ['APN/1.0 HashiCorp/1.0 Terraform/1.9.1 (+https://www.terraform.io) aws-sdk-go-v2/1.36.3', 'Terraform'],
  ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36', 'browser'],
  ['AWS Internal', 'AWS Internal'],
  ['ledger-service/4.2 (eu)', 'ledger-service'],
  ['s3.amazonaws.com', 's3.amazonaws.com'],
  ['/', '/'],
])('%s is of %s', (agent, family) => {
  expect(familyOf(agent)).toBe(family)
  const { fit, unfit } = agentsOf(family)
  const fits = (values: typeof fit) => values.some((value) => fitsValue(agent.toLowerCase(), value))
  expect(fits(unfit)).toBe(false)
  if (fit.length > 0) expect(fits(fit)).toBe(true)
})
