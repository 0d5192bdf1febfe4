'use client'

import type { LogStateView } from '#components/integrity/log-state-words.ts'
import { Section } from '#components/page-header.tsx'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { Hint } from '#components/ui/hint.tsx'

/** How anybody checks the whole log without this console and without this server. */
export function ByHand({ state }: { state: LogStateView }) {
  const key = state.Keys.find(({ Until }) => Until === null)?.VerifierKey
  return (
    <Section title="Without this console">
      <div className="max-w-form space-y-2">
        <Hint>
          The export holds everything that is needed. The second command needs no server: run it on another
          machine, with the public key that you kept.
        </Hint>
        <CodeBlock code="./keyhouse audit export --out keyhouse-log" label="Export command" wrap />
        <CodeBlock
          code={`./keyhouse audit verify keyhouse-log --key '${key ?? 'PUBLIC_KEY'}'`}
          label="Verify command"
          wrap
        />
      </div>
    </Section>
  )
}
