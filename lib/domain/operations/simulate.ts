/** Inputs of IAM's policy simulator, with the limits of AWS's model. */
import { oneOf, structure, text } from '../constraints.ts'
import { page, policyDocument } from './iam-members.ts'
import { queryList } from './members.ts'

const arn = () => text({ min: 1, max: 2048 })
const documents = () => queryList(policyDocument(), { max: 50 })

const TYPES = ['string', 'numeric', 'boolean', 'ip', 'binary', 'date'] as const
const KEY_TYPES = [...TYPES, ...TYPES.map((type) => `${type}List` as const)] as const

const contextEntry = () =>
  structure({
    ContextKeyName: text({ min: 5, max: 256 }),
    ContextKeyValues: queryList(text()).optional(),
    ContextKeyType: oneOf(KEY_TYPES).optional(),
  })

const shared = {
  PermissionsBoundaryPolicyInputList: documents().optional(),
  ActionNames: queryList(text({ min: 3, max: 128 }), { min: 1, max: 200 }),
  ResourceArns: queryList(arn(), { max: 50 }).optional(),
  ResourcePolicy: policyDocument().optional(),
  ResourceOwner: arn().optional(),
  CallerArn: arn().optional(),
  ContextEntries: queryList(contextEntry(), { max: 100 }).optional(),
  ResourceHandlingOption: text({ min: 1, max: 64 }).optional(),
  ...page(),
}

export const SimulateCustomPolicyInput = structure({ PolicyInputList: documents(), ...shared })

export const SimulatePrincipalPolicyInput = structure({
  PolicySourceArn: text({ min: 20, max: 2048 }),
  PolicyInputList: documents().optional(),
  ...shared,
})
