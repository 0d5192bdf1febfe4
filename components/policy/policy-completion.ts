import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete'
import { KMS_ACTIONS } from '#lib/domain/actions.ts'
import { CONDITION_KEYS } from '#lib/domain/condition-keys.ts'

const actions: readonly Completion[] = Object.entries(KMS_ACTIONS).map(([label, { level }]) => ({
  label,
  detail: level,
  type: 'function',
}))
const conditionKeys: readonly Completion[] = CONDITION_KEYS.map(({ name: label }) => ({
  label,
  detail: 'condition key',
  type: 'property',
}))

/** Names of actions and condition keys, once a string that begins with their prefix is being typed. */
function complete(context: CompletionContext): CompletionResult | null {
  const typed = context.matchBefore(/"(?:kms|aws):[\w:]*/)
  if (!typed) return null
  return { from: typed.from + 1, options: [...actions, ...conditionKeys], validFor: /^[\w:]*$/ }
}

export const completePolicy = () =>
  autocompletion({ override: [complete], icons: false, maxRenderedOptions: 8 })
