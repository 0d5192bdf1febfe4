'use client'

import { Button } from '#components/ui/button.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { useActAs } from './use-act-as.ts'

export type LabPerson = { readonly name: string; readonly role: string; readonly signedIn: boolean }

type LabPeopleProps = {
  people: readonly LabPerson[]
  /** Who is looked at, if it is one of them. */
  self: string | undefined
  administrator: boolean
}

/** The three of the lab, who is signed in, and the way to act as each. */
export function LabPeople({ people, self, administrator }: LabPeopleProps) {
  const { pending, actAs, signIn } = useActAs()
  const away = people.filter(({ signedIn }) => !signedIn).map(({ name }) => name)
  return (
    <>
      <ul className="max-w-form divide-y divide-line border-y border-line">
        {people.map(({ name, role, signedIn }) => (
          <li key={name} className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 py-1 text-table">
            <span className="font-medium">{name}</span>
            <span className="text-text2">{role}</span>
            <span className="text-text3">{signedIn ? 'signed in' : 'not signed in'}</span>
            {name === self ? (
              <span className="ms-auto text-text2">That’s you now</span>
            ) : (
              <Button
                className="ms-auto"
                pending={pending === name}
                pendingLabel="Switching…"
                reason={signedIn || administrator ? undefined : SIGN_IN_FIRST}
                onClick={() => void actAs(name)}
              >
                Act as {name}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {away.length > 0 && administrator && (
        <Button
          className="mt-3"
          pending={pending === ''}
          pendingLabel="Signing in…"
          onClick={() => void signIn(away)}
        >
          Sign in {list(away)}
        </Button>
      )}
      <Hint className="mt-3">
        {administrator
          ? 'You may use these lab identities because an administrator of this installation is signed in on this browser. They are real users with real policies; none of them can become another.'
          : SIGN_IN_FIRST}
      </Hint>
    </>
  )
}

const SIGN_IN_FIRST =
  'Sign in on this browser as an administrator of this installation to use lab identities, or as each of them with the password that was shown when Keyhouse was set up.'

const list = (names: readonly string[]) =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
