/** Every operation there is, by the service it belongs to. */
import { cloudtrailOperations } from '#lib/cloudtrail/lookup-events.ts'
import type { AnyOperation, Service } from '#lib/engine/operation.ts'
import { iamOperations } from '#lib/iam/operations.ts'
import { stsOperations } from '#lib/iam/sts-operations.ts'
import { insightOperations } from '#lib/insight/operations.ts'
import { kmsOperations } from '#lib/kms/operations.ts'

export const operations: readonly AnyOperation[] = [
  ...kmsOperations,
  ...stsOperations,
  ...iamOperations,
  ...cloudtrailOperations,
  ...insightOperations,
]

const byName = new Map(operations.map((operation) => [`${operation.service}.${operation.name}`, operation]))

export const operationNamed = (service: Service, name: string) => byName.get(`${service}.${name}`)
