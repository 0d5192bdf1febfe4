'use client'

import { useEffect, useState } from 'react'
import { isSameKey, type KeySight, seeKey, trustKey } from '#components/integrity/known-keys.ts'
import type { LogStateView } from '#components/integrity/log-state-words.ts'
import { Section } from '#components/page-header.tsx'
import { Time } from '#components/time.tsx'
import { Button } from '#components/ui/button.tsx'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { Field } from '#components/ui/field.tsx'
import { Hint, Note } from '#components/ui/hint.tsx'
import { Input } from '#components/ui/input.tsx'

type LogKey = LogStateView['Keys'][number]

/** The keys that signed checkpoints, and whether the one in use is the one this browser and its person know. */
export function PublicKeys({ state }: { state: LogStateView }) {
  const current = state.Keys.find(({ Until }) => Until === null)
  const former = state.Keys.filter((key) => key !== current)
  return (
    <Section title="Public keys">
      <div className="max-w-form space-y-3">
        <Hint>
          Whoever has the public key can check proofs and exports without this server. Keep it where this
          server can’t change it.
        </Hint>
        {current ? (
          <CurrentKey key={current.VerifierKey} of={current} />
        ) : (
          <Hint>The log has no key yet.</Hint>
        )}
        {former.map((key) => (
          <FormerKey key={key.VerifierKey} of={key} />
        ))}
      </div>
    </Section>
  )
}

function CurrentKey({ of: { VerifierKey, Since } }: { of: LogKey }) {
  const [seen, setSeen] = useState<KeySight>()
  useEffect(() => setSeen(seeKey(localStorage, VerifierKey)), [VerifierKey])
  function trust() {
    trustKey(localStorage, VerifierKey)
    setSeen({ sight: 'same' })
  }
  return (
    <>
      <CodeBlock code={VerifierKey} label="Public key" wrap />
      <p className="text-table text-text2">
        In use since <Time at={Since} />.{' '}
        {seen?.sight === 'first' && 'This browser sees it for the first time and will know it again.'}
        {seen?.sight === 'same' && 'It is the key that this browser knows.'}
      </p>
      {seen && 'before' in seen && (
        <Note tone={seen.sight === 'changed' ? 'vermilion' : 'brass'} className="space-y-1">
          <p className="font-semibold">
            {seen.sight === 'changed'
              ? 'The key of this log has changed since this browser first saw it.'
              : 'This browser knows another log of this console.'}
          </p>
          <p>A log gets a new name and key only when a suspected rollback is acknowledged. It was:</p>
          <p className="break-all font-mono text-mono">{seen.before}</p>
          <Button onClick={trust}>Trust the new key in this browser</Button>
        </Note>
      )}
      <CompareKey verifierKey={VerifierKey} />
    </>
  )
}

/** Nothing is sent: the two texts are compared here. */
function CompareKey({ verifierKey }: { verifierKey: string }) {
  const [given, setGiven] = useState('')
  const same = isSameKey(given, verifierKey)
  return (
    <>
      <Field label="The key that you were given" help="Paste it to compare it with the one above." optional>
        {(control) => (
          <Input
            {...control}
            mono
            autoComplete="off"
            spellCheck={false}
            value={given}
            onChange={(event) => setGiven(event.target.value)}
          />
        )}
      </Field>
      <div role="status">
        {given.trim() !== '' && (
          <p className={same ? 'text-table text-verdigris' : 'text-table text-vermilion'}>
            {same ? 'They are the same.' : 'They differ: this is not the key that you were given.'}
          </p>
        )}
      </div>
    </>
  )
}

function FormerKey({ of: { VerifierKey, Since, Until } }: { of: LogKey }) {
  return (
    <div>
      <CodeBlock code={VerifierKey} label="Former public key" wrap />
      <p className="mt-1 text-table text-text2">
        Signed from <Time at={Since} as="moment" />
        {Until !== null && (
          <>
            {' '}
            to <Time at={Until} as="moment" />
          </>
        )}
        .
      </p>
    </div>
  )
}
