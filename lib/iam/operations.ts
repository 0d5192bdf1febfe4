/** Operations on identities that the console has before IAM is on the wire. */
import { CreateOwnAccessKey } from './create-own-access-key.ts'
import { ListPrincipals } from './list-principals.ts'
import { RemoveSampleData } from './remove-sample.ts'

export const identityOperations = [CreateOwnAccessKey, ListPrincipals, RemoveSampleData] as const
