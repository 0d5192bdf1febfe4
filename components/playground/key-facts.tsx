import { Facts } from '#components/ui/facts.tsx'
import { Identifier } from '#components/ui/identifier.tsx'

/** Which key did it, and how. */
export function KeyFacts({
  arn,
  algorithm,
  material,
}: {
  arn: string
  algorithm: string
  material?: string
}) {
  return (
    <Facts
      columns={1}
      facts={[
        { term: 'Key', value: <Identifier value={arn} name="key ARN" /> },
        { term: 'Encryption algorithm', value: <code className="text-mono">{algorithm}</code> },
        ...(material
          ? [{ term: 'Key material ID', value: <Identifier value={material} name="key material ID" /> }]
          : []),
      ]}
    />
  )
}
