'use client'

import { Button } from '#components/ui/button.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { Note } from '#components/ui/hint.tsx'
import { Identifier } from '#components/ui/identifier.tsx'
import { SecretReveal } from '#components/ui/secret-reveal.tsx'
import type { OutputOf } from '#lib/console/operations.ts'

type MadeAccountProps = { made: OutputOf<'CreateAccount'>; onSaved: () => void }

/** What whoever is to administrate the account has to be told. */
export function MadeAccount({ made, onSaved }: MadeAccountProps) {
  const password = made.Password
  return (
    <>
      <Note tone="brass" className="mb-4">
        The password is shown only now. It is good for the first sign-in, which asks for a new one.
      </Note>
      <Facts
        columns={1}
        facts={[
          { term: 'Account', value: <Identifier value={made.AccountId} name="account ID" /> },
          { term: 'User', value: made.AdministratorName },
          ...(password === undefined
            ? []
            : [{ term: 'Password', value: <SecretReveal secret={password} name="password" /> }]),
        ]}
      />
      <Button className="mt-4" variant="primary" size="form" onClick={onSaved}>
        I saved it
      </Button>
    </>
  )
}
