/**
 * Operations that take more from the console than from the wire. They have the same name, permission and event: AWS
 * knows the operation, but not the member.
 */
import type { AnyOperation, Service } from '#lib/engine/operation.ts'
import { SaveKeyPolicy } from '#lib/kms/policies.ts'

const EDITIONS: ReadonlyMap<string, AnyOperation> = new Map([['KMS.PutKeyPolicy', SaveKeyPolicy]])

/** The console's own edition of an operation, where there is one. */
export const deskEdition = (service: Service, name: string): AnyOperation | undefined =>
  EDITIONS.get(`${service}.${name}`)
