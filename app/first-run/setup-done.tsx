'use client'

import { useState } from 'react'
import { AccessKeyDownload } from '#components/access-key-download.tsx'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { Hint, Note } from '#components/ui/hint.tsx'
import { Identifier } from '#components/ui/identifier.tsx'
import { SecretReveal } from '#components/ui/secret-reveal.tsx'
import { Cell, HeaderCell, RowHeader, Table, TableBody, TableHead, TableRow } from '#components/ui/table.tsx'
import { paths } from '#lib/console/paths.ts'
import type { SetupResult } from './setup-fields.ts'

function SampleUsers({ sample }: { sample: NonNullable<SetupResult['sample']> }) {
  return (
    <section className="mt-7">
      <h2 className="border-b border-line pb-1 text-section">Sample account</h2>
      <Hint className="my-2">
        Sign in to <code className="text-mono">{sample.accountId}</code> as any of them. Their passwords are
        shown only here.
      </Hint>
      <Table caption="People of the sample account">
        <TableHead>
          <HeaderCell>User</HeaderCell>
          <HeaderCell>Role</HeaderCell>
          <HeaderCell>Password</HeaderCell>
        </TableHead>
        <TableBody>
          {sample.users.map((user) => (
            <TableRow key={user.name}>
              <RowHeader>{user.name}</RowHeader>
              <Cell narrow="end">{user.role ?? ''}</Cell>
              <Cell narrow="whole" className="py-1">
                <SecretReveal secret={user.password} name={`password of ${user.name}`} />
              </Cell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </section>
  )
}

/** Secrets, once. They are in this component's memory and nowhere else. */
export function SetupDone({ result }: { result: SetupResult }) {
  const [saved, setSaved] = useState(false)
  const { accessKey, sample } = result
  return (
    <>
      <h1 className="text-page">Keyhouse is set up</h1>
      <Note tone="brass" className="mt-4">
        The secret access key is shown only now. Save it before you go on; it can’t be read again.
      </Note>
      <h2 className="mt-6 border-b border-line pb-1 text-section">Access key for programs</h2>
      <Facts
        columns={1}
        className="mt-3"
        facts={[
          { term: 'Access key ID', value: <Identifier value={accessKey.id} name="access key ID" /> },
          {
            term: 'Secret access key',
            value: <SecretReveal secret={accessKey.secret} name="secret access key" />,
          },
        ]}
      />
      <div className="mt-3">
        <AccessKeyDownload accessKey={accessKey} />
      </div>
      {sample && <SampleUsers sample={sample} />}
      <div className="mt-7 flex flex-wrap items-center gap-x-5 gap-y-3 border-t border-line pt-4">
        <Checkbox
          label={sample ? 'I saved the key and the passwords' : 'I saved the key'}
          checked={saved}
          onChange={(event) => setSaved(event.target.checked)}
        />
        <Button
          variant="primary"
          size="form"
          reason={saved ? undefined : 'Save the secret access key first. It can’t be shown again.'}
          // A whole new page, so that the secrets leave this one's memory.
          onClick={() => window.location.assign(paths.connect())}
        >
          Connect an app
        </Button>
      </div>
    </>
  )
}
