/** Inputs of STS, with the limits of AWS's model. The query protocol sends text only: numbers are read from it. */
import { structure, text } from '../constraints.ts'
import { queryList, queryNumber } from './members.ts'

const NAME = String.raw`[\w+=,.@-]*`
const DOCUMENT = String.raw`[\u0009\u000A\u000D\u0020-\u00FF]+`

const roleArn = () => text({ min: 20, max: 2048, pattern: String.raw`[\u0009\u000A\u000D\u0020-\u00FF]+` })
const sessionName = () => text({ min: 2, max: 64, pattern: NAME })
const serialNumber = () => text({ min: 9, max: 256, pattern: String.raw`[\w+=/:,.@-]*` })
const tokenCode = () => text({ min: 6, max: 6, pattern: String.raw`[\d]*`, sensitive: true })
const sessionPolicy = () => text({ min: 1, pattern: DOCUMENT })
const policyArns = () => queryList(structure({ arn: text({ min: 20, max: 2048 }) }), { max: 10 })
const tagKey = () => text({ min: 1, max: 128 })

export const AssumeRoleInput = structure({
  RoleArn: roleArn(),
  RoleSessionName: sessionName(),
  PolicyArns: policyArns().optional(),
  Policy: sessionPolicy().optional(),
  DurationSeconds: queryNumber(900, 43_200).optional(),
  Tags: queryList(structure({ Key: tagKey(), Value: text({ max: 256 }) }), { max: 50 }).optional(),
  TransitiveTagKeys: queryList(tagKey(), { max: 50 }).optional(),
  ExternalId: text({ min: 2, max: 1224, pattern: String.raw`[\w+=,.@:\/-]*` }).optional(),
  SerialNumber: serialNumber().optional(),
  TokenCode: tokenCode().optional(),
  SourceIdentity: sessionName().optional(),
})

export const AssumeRoleWithWebIdentityInput = structure({
  RoleArn: roleArn(),
  RoleSessionName: sessionName(),
  WebIdentityToken: text({ min: 4, max: 20_000, sensitive: true }),
  ProviderId: text({ min: 4, max: 2048 }).optional(),
  PolicyArns: policyArns().optional(),
  Policy: sessionPolicy().optional(),
  DurationSeconds: queryNumber(900, 43_200).optional(),
})

export const GetSessionTokenInput = structure({
  DurationSeconds: queryNumber(900, 129_600).optional(),
  SerialNumber: serialNumber().optional(),
  TokenCode: tokenCode().optional(),
})

export const GetAccessKeyInfoInput = structure({
  AccessKeyId: text({ min: 16, max: 128, pattern: String.raw`[\w]*` }),
})
