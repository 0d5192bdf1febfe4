'use client'

import { useQuery } from '@tanstack/react-query'
import { ShowAsCode, type Snippet } from '#components/show-as-code.tsx'
import type { InputOf } from '#lib/console/operations.ts'
import type { Scope } from '#lib/console/paths.ts'
import { read } from '#lib/console/queries.ts'
import { snippetsFor } from '#lib/console/snippets.ts'
import { explainCommand, simulationOf } from './question-request.ts'

type QuestionCodeProps = {
  scope: Scope
  question: InputOf<'ExplainAccess'>
  /** Where it is known: AWS's simulator takes no other name of a key. */
  keyArn: string | undefined
}

/** AWS has no question about a key as it is; its simulator comes nearest. */
const NOTE =
  'AWS’s simulator looks at identity policies and boundaries alone: the key policy must be given as its resource policy, and grants aren’t asked. Keyhouse’s own question, in the first tab, asks everything.'

/** "Show as code" of the explorer's question: as it is asked here, and as AWS's policy simulator takes it. */
export function QuestionCode({ scope, question, keyArn }: QuestionCodeProps) {
  const { data } = useQuery({
    ...read(scope.account, scope.region, 'Capabilities', {}),
    staleTime: Number.POSITIVE_INFINITY,
  })
  // Without its endpoint a command would go to AWS.
  if (!data) return null
  const place = { endpoint: data.Endpoint, region: scope.region }
  const own: Snippet = { id: 'keyhouse', label: 'Keyhouse', code: explainCommand(question, place) }
  const simulated = keyArn === undefined ? [] : snippetsFor([simulationOf(question, keyArn)], place)
  const ways = simulated.filter(({ id }) => id !== 'terraform').map((way) => ({ ...way, note: NOTE }))
  return <ShowAsCode size="form" snippets={[own, ...ways]} />
}
