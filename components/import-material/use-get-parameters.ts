'use client'

import { type Mutation, useAction } from '#components/use-action.ts'
import { type ParametersForm, useFlow } from './flow-context.tsx'

/** Asks for a wrapping key and a token, and keeps them in this tab. What was wrapped for an earlier one is dropped. */
export function useGetParameters(after: () => void): Mutation<ParametersForm> {
  const { setting, store, setMade } = useFlow()
  return useAction((form: ParametersForm) => setting.calls.getParameters(form), {
    account: setting.scope.account,
    done: () => 'A wrapping key and an import token are ready.',
    after(output, { algorithm, keySpec }) {
      setMade(undefined)
      store({
        parameters: {
          publicKey: output.PublicKey,
          token: output.ImportToken,
          validTo: output.ParametersValidTo,
          algorithm,
          keySpec,
        },
      })
      after()
    },
  })
}
