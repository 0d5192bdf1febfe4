import { Facts } from '#components/ui/facts.tsx'
import { Identifier } from '#components/ui/identifier.tsx'

/** Which key did it, and how. */
export function KeyFacts({
  arn,
  algorithm,
  material,
  term = 'Encryption algorithm',
  keyTerm = 'Key',
}: {
  arn: string
  algorithm: string
  material?: string | undefined
  term?: string
  keyTerm?: string
}) {
  return (
    <Facts
      columns={1}
      facts={[
        { term: keyTerm, value: <Identifier value={arn} name="key ARN" /> },
        { term, value: <code className="text-mono">{algorithm}</code> },
        ...(material
          ? [{ term: 'Key material ID', value: <Identifier value={material} name="key material ID" /> }]
          : []),
      ]}
    />
  )
}
