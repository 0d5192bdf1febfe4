'use client'

import { Button } from '#components/ui/button.tsx'
import { useActAs } from './use-act-as.ts'

type LabChoiceProps = { people: readonly { readonly name: string; readonly role: string }[]; next: string }

/** "Use a lab identity": one of the sample account's people, without a password. */
export function LabChoice({ people, next }: LabChoiceProps) {
  const { pending, actAs } = useActAs()
  return (
    <section aria-labelledby="lab-identities" className="mt-5">
      <h2 id="lab-identities" className="text-section">
        Use a lab identity
      </h2>
      <p className="mt-1 text-table text-text2">
        People of the sample account. You may, because an administrator of this installation is signed in
        here.
      </p>
      <ul className="mt-3 divide-y divide-line border-y border-line">
        {people.map(({ name, role }) => (
          <li key={name} className="flex min-h-10 items-center gap-3 py-1 text-table">
            <span>{name}</span>
            <span className="text-text2">{role}</span>
            <Button
              className="ms-auto"
              pending={pending === name}
              pendingLabel="Signing in…"
              aria-label={`Use ${name}`}
              onClick={() => void actAs(name, next)}
            >
              Use
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
