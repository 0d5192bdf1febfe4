import { count } from '#lib/console/format.ts'
import { type LintPosition, lintPositions } from '#lib/domain/policy-grammar.ts'

/** Faults of syntax and schema, in the order of the text. */
export const findingsOf = (text: string): readonly LintPosition[] =>
  lintPositions(text, 'key').toSorted((a, b) => a.from - b.from)

const lineOf = (text: string, at: number) => text.slice(0, at).split('\n').length

type PolicyFindingsProps = {
  text: string
  findings: readonly LintPosition[]
  /** Puts the caret there, where there is an editor that can. */
  onGo: ((position: number) => void) | undefined
}

/** The same faults that the gutter marks, as a list. What is refused on saving for other reasons is said then. */
export function PolicyFindings({ text, findings, onGo }: PolicyFindingsProps) {
  return (
    <section aria-labelledby="policy-findings" className="min-w-0">
      <h2 id="policy-findings" className="border-b border-line pb-1 text-section">
        Checks
        <span className="ps-2 text-table font-normal text-text2" role="status">
          {findings.length === 0 ? 'nothing found' : count(findings.length, 'error')}
        </span>
      </h2>
      {findings.length === 0 ? (
        <p className="border-b border-line py-2 text-table text-text2">
          <span className="font-semibold text-text">Passed</span> The text is JSON and every element is one of
          a key policy.
        </p>
      ) : (
        <ul>
          {findings.map(({ message, from }) => {
            const line = `Line ${lineOf(text, from)}`
            return (
              <li key={`${from} ${message}`} className="border-b border-line py-2 text-table">
                <span className="font-semibold text-vermilion">Error</span> {message}{' '}
                {onGo ? (
                  <button type="button" className="link" onClick={() => onGo(from)}>
                    {line}
                  </button>
                ) : (
                  <span className="text-text2">{line}</span>
                )}
              </li>
            )
          })}
        </ul>
      )}
      <p className="py-2 text-label text-text3">
        On saving, the engine also checks that principals exist and that you could still change the policy
        afterwards.
      </p>
    </section>
  )
}
