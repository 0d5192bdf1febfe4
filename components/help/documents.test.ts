/** The help's texts: drawn into docs/ (`npx vitest run components/help --update` writes them anew), and sound by themselves. */
import { describe, expect, it } from 'vitest'
import { RESERVED_ALIASES } from '#lib/domain/account.ts'
import { awsHref } from './aws-page.ts'
import { GLOSSARY } from './glossary.ts'
import { KEY_KINDS, KEY_KINDS_INTRO, KEY_KINDS_PASSAGES } from './key-kinds.ts'
import { keyKindsMarkdown, thenAndNowMarkdown } from './markdown.ts'
import { matching } from './search.ts'
import { THEN_AND_NOW, THEN_AND_NOW_INTRO } from './then-and-now.ts'

describe('the documents say what the help says', () => {
  it.each([
    ['then and now', '../../docs/then-and-now.md', thenAndNowMarkdown],
    ['kinds of keys', '../../docs/aws-owned-keys.md', keyKindsMarkdown],
  ])('%s', async (_, file, markdown) => {
    await expect(markdown()).toMatchFileSnapshot(file)
  })
})

const repeated = (texts: readonly string[]) => texts.filter((text, at) => texts.indexOf(text) !== at)
const known = new Set(GLOSSARY.map(({ id }) => id))
const everyText = [
  ...GLOSSARY.map(({ text }) => text),
  ...THEN_AND_NOW_INTRO,
  ...THEN_AND_NOW.flatMap(({ notes, aws, keyhouse, unsure }) => [notes, aws, keyhouse, unsure ?? '']),
  KEY_KINDS_INTRO,
  ...KEY_KINDS.flatMap(({ question, answers }) => [question, ...answers]),
  ...KEY_KINDS_PASSAGES.flatMap(({ paragraphs }) => paragraphs),
]

describe('the texts', () => {
  it.each<[string, readonly string[]]>([
    ['no anchor stands twice', repeated([...GLOSSARY, ...THEN_AND_NOW].map(({ id }) => id))],
    [
      'anchors are words of small letters',
      [...known, ...THEN_AND_NOW.map(({ id }) => id)].filter((id) => !/^[a-z][a-z-]*[a-z]$/.test(id)),
    ],
    [
      'what a term refers to is there, and is not itself',
      GLOSSARY.flatMap(({ id, see }) => (see ?? []).filter((other) => other === id || !known.has(other))),
    ],
    [
      'terms stand in the order of the alphabet',
      GLOSSARY.slice(1)
        .filter(({ term }, at) => term.localeCompare(GLOSSARY[at]!.term, 'en') < 0)
        .map(({ term }) => term),
    ],
    ['every backtick has its other', everyText.filter((text) => text.split('`').length % 2 === 0)],
    ['no cell of a table breaks the table', everyText.filter((text) => /[|\n]/.test(text))],
    [
      'links lead to AWS’s documentation',
      [...GLOSSARY, ...THEN_AND_NOW]
        .map(({ read }) => awsHref(read))
        .filter(
          (href) =>
            !/^https:\/\/docs\.aws\.amazon\.com\/kms\/latest\/\w+\/[\w-]+\.html(#[\w-]+)?$/.test(href),
        ),
    ],
  ])('%s', (_, wrong) => {
    expect(wrong).toEqual([])
  })

  it('the address of the help is no account’s alias', () => {
    expect(RESERVED_ALIASES).toContain('help')
  })
})

describe('a search of the glossary', () => {
  it.each([
    ['by a term', 'grant token', 'grant-token'],
    ['by another word for it', 'BYOK', 'imported-material'],
    ['by a member of the API', 'pendingwindowindays', 'deletion-window'],
    ['by words in any order', 'token grant', 'grant-token'],
    ['by a word of its text', 'FIPS 204', 'ml-dsa'],
  ])('finds %s', (_, query, id) => {
    expect(matching(GLOSSARY, query).map((term) => term.id)).toContain(id)
  })

  it('puts a term before texts that mention it', () => {
    expect(matching(GLOSSARY, 'grant')[0]?.id).toBe('grant')
  })

  it('finds everything by nothing, and nothing by nonsense', () => {
    expect(matching(GLOSSARY, '  ')).toEqual(GLOSSARY)
    expect(matching(GLOSSARY, 'zebra')).toEqual([])
  })
})
