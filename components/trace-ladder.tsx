import type { GateView } from '#lib/console/messages.ts'
import { cn } from './ui/class-names.ts'

const SHAPES: Record<GateView['result'], { path: string; colour: string; words: string }> = {
  pass: { path: 'm1.500 6.500 3 3L10.500 3', colour: 'text-verdigris', words: 'Passed' },
  no: { path: 'm2 2 8 8m0-8-8 8', colour: 'text-vermilion', words: 'Not passed' },
  'not-applicable': { path: 'M2 6h8', colour: 'text-text3', words: 'Not applicable' },
}

const TITLES: Record<GateView['gate'], string> = {
  'explicit-deny': 'Explicit deny',
  'key-policy': 'Key policy',
  delegation: 'Account delegation',
  'identity-policy': 'Identity policy',
  grants: 'Grants',
}

const statement = (by: NonNullable<GateView['by']>) =>
  `${by.sid ? `Statement “${by.sid}”` : `Statement ${by.index + 1}`} of ${by.policy.kind === 'key' ? 'the key policy' : `the policy ${by.policy.name}`}`

/** Enough of a grant's id to find it on the Grants tab. */
const shortGrant = (id: string) => `${id.slice(0, 12)}…`

/** One sentence for a gate: which statement or grant decided, or that none did. */
function sentence({ gate, result, by, grant }: GateView): string {
  if (gate === 'explicit-deny') return by ? `${statement(by)} denies it.` : 'No statement denies it.'
  if (grant) return `Grant ${shortGrant(grant.id)} allows ${grant.operation}.`
  if (result === 'not-applicable')
    return gate === 'grants' ? 'Not asked: no grant bears on this call.' : 'Not asked for this call.'
  if (gate === 'delegation')
    return by
      ? `${statement(by)} lets identity policies decide.`
      : 'The key policy does not let identity policies decide.'
  if (by) return `${statement(by)} allows it.`
  return {
    'key-policy': 'No statement allows it.',
    'identity-policy': 'No attached policy allows it.',
    grants: 'No grant allows it.',
  }[gate]
}

/** The trace ladder: the gates of a decision, read from top to bottom. */
export function TraceLadder({ gates }: { gates: readonly GateView[] }) {
  return (
    <ol className="space-y-2.5">
      {gates.map((gate) => {
        // For a deny to be found is not to pass.
        const denied = gate.gate === 'explicit-deny' && gate.by
        const shape = SHAPES[denied ? 'no' : gate.gate === 'explicit-deny' ? 'not-applicable' : gate.result]
        return (
          <li key={gate.gate} className="flex gap-3.5 text-table">
            <svg
              aria-hidden="true"
              viewBox="0 0 12 12"
              className={cn('mark mt-[3px] size-3 shrink-0', shape.colour)}
            >
              <path d={shape.path} fill="none" stroke="currentColor" strokeWidth="1.800" />
            </svg>
            <div className="min-w-0">
              <p className="font-semibold">
                {TITLES[gate.gate]}
                <span className="sr-only">: {denied ? 'Found' : shape.words}</span>
              </p>
              <p className="text-text2">{sentence(gate)}</p>
            </div>
          </li>
        )
      })}
    </ol>
  )
}
