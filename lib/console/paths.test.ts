import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { accountAlias } from '#lib/domain/account.ts'
import { inRegion, keyOfPage, paths, relatedKey, safeNext } from './paths.ts'

const scope = { account: '111122223333', region: 'eu-west-1' }
const key = '3f81c2d4-9d5e-4b7a-8c11-2a6f0e93b3f8'

it('draws every address', () => {
  expect({
    home: paths.home(),
    signIn: paths.signIn(),
    signInNext: paths.signIn('/111122223333/eu-west-1/keys?q=state:Disabled'),
    firstRun: paths.firstRun(),
    connect: paths.connect(),
    help: paths.help(),
    helpTerm: paths.help('glossary', 'grant-token'),
    helpTopic: paths.help('then-and-now'),
    keys: paths.keys(scope),
    keysFiltered: paths.keys(scope, { q: 'state:Disabled tag:team', sort: '-lastUsed' }),
    newKey: paths.newKey(scope),
    newKeyReview: paths.newKey(scope, 'review'),
    newKeyPreset: paths.newKey(scope, 'configure', { preset: 'multi-region' }),
    key: paths.key(scope, key),
    keyRoot: paths.keyRoot(scope, key),
    keyMaterial: paths.key(scope, key, 'material'),
    editPolicy: paths.editPolicy(scope, key),
    deleteKey: paths.deleteKey(scope, key),
    audit: paths.audit(scope.account),
    auditFiltered: paths.audit(scope.account, { q: 'outcome:denied', last: '24h' }),
    event: paths.event(scope.account, '0193a1b2-0000-7000-8000-000000000001'),
    playground: paths.playground(scope),
    playgroundKey: paths.playground(scope, 'decrypt', { key }),
    engine: paths.engine('ListAliases', 'eu-west-1', { Limit: 100 }),
    principals: paths.principals(),
    live: paths.live(),
  }).toMatchInlineSnapshot(`
    {
      "audit": "/111122223333/audit",
      "auditFiltered": "/111122223333/audit?q=outcome%3Adenied&last=24h",
      "connect": "/connect",
      "deleteKey": "/111122223333/eu-west-1/keys/3f81c2d4-9d5e-4b7a-8c11-2a6f0e93b3f8/delete",
      "editPolicy": "/111122223333/eu-west-1/keys/3f81c2d4-9d5e-4b7a-8c11-2a6f0e93b3f8/policy/edit",
      "engine": "/api/engine/ListAliases?region=eu-west-1&input=%7B%22Limit%22%3A100%7D",
      "event": "/111122223333/audit?event=0193a1b2-0000-7000-8000-000000000001",
      "firstRun": "/first-run",
      "help": "/help",
      "helpTerm": "/help#grant-token",
      "helpTopic": "/help/then-and-now",
      "home": "/",
      "key": "/111122223333/eu-west-1/keys/3f81c2d4-9d5e-4b7a-8c11-2a6f0e93b3f8/access",
      "keyMaterial": "/111122223333/eu-west-1/keys/3f81c2d4-9d5e-4b7a-8c11-2a6f0e93b3f8/material",
      "keyRoot": "/111122223333/eu-west-1/keys/3f81c2d4-9d5e-4b7a-8c11-2a6f0e93b3f8",
      "keys": "/111122223333/eu-west-1/keys",
      "keysFiltered": "/111122223333/eu-west-1/keys?q=state%3ADisabled+tag%3Ateam&sort=-lastUsed",
      "live": "/api/live",
      "newKey": "/111122223333/eu-west-1/keys/new/configure",
      "newKeyPreset": "/111122223333/eu-west-1/keys/new/configure?preset=multi-region",
      "newKeyReview": "/111122223333/eu-west-1/keys/new/review",
      "playground": "/111122223333/eu-west-1/playground/encrypt",
      "playgroundKey": "/111122223333/eu-west-1/playground/decrypt?key=3f81c2d4-9d5e-4b7a-8c11-2a6f0e93b3f8",
      "principals": "/api/principals",
      "signIn": "/sign-in",
      "signInNext": "/sign-in?next=%2F111122223333%2Feu-west-1%2Fkeys%3Fq%3Dstate%3ADisabled",
    }
  `)
})

describe('where sign-in returns to', () => {
  it.each([
    ['a page of the console', '/111122223333/audit?q=x', '/111122223333/audit?q=x'],
    ['another site', 'https://example.com/', undefined],
    ['another site without a scheme', '//example.com', undefined],
    ['another site by a backslash', '/\\example.com', undefined],
    ['sign-in itself', '/sign-in?next=/x', undefined],
    ['nothing', undefined, undefined],
  ])('%s', (_, next, expected) => {
    expect(safeNext(next)).toBe(expected)
  })
})

describe('the same page in another Region', () => {
  const other = { account: scope.account, region: 'us-east-1' }
  it.each([
    ['a list stays', paths.keys(scope), paths.keys(other)],
    ['another list stays', paths.aliases(scope), paths.aliases(other)],
    ['the managed keys stay', paths.managedKeys(scope), paths.managedKeys(other)],
    ['the matrix stays', paths.multiRegion(scope), paths.multiRegion(other)],
    ['an object climbs to its list', paths.key(scope, key, 'tags'), paths.keys(other)],
    ['the list of rotations stays', paths.rotation(scope), paths.rotation(other)],
    ['the list of imports stays', paths.imports(scope), paths.imports(other)],
    ['the use of keys stays', paths.keyUse(scope), paths.keyUse(other)],
    ['an import is of one Region', paths.importMaterial(scope, key, 'upload'), paths.keys(other)],
    ['the wizard starts over', paths.newKey(scope, 'users'), paths.newKey(other)],
    [
      'the playground keeps its operation',
      paths.playground(scope, 'decrypt'),
      paths.playground(other, 'decrypt'),
    ],
  ])('%s', (_, from, to) => {
    expect(inRegion(from, other)).toBe(to)
  })

  const family = 'mrk-0123456789abcdef0123456789abcdef'
  it.each([
    ['a tab stays', paths.key(scope, family, 'tags'), paths.key(other, family, 'tags')],
    ['a flow begins anew', paths.editPolicy(scope, family), paths.key(other, family)],
    ['so does a deletion', paths.deleteKey(scope, family), paths.key(other, family)],
  ])('of a related key: %s', (_, from, to) => {
    expect(relatedKey(from, other, keyOfPage(from) ?? '')).toBe(to)
  })
  it.each([paths.keys(scope), paths.newKey(scope), paths.managedKeys(scope), paths.audit(scope.account)])(
    '%s is no page of a key',
    (path) => expect(keyOfPage(path)).toBeUndefined(),
  )
})

// An address spelled out beside a link: href="/…", push('/…'), redirect(`/…`).
const SPELLED_OUT = /(?:href=\{?|push\(|replace\(|redirect\(|permanentRedirect\()\s*['"`]\//

it('no screen spells an address out', () => {
  const found = ['app', 'components'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .filter((name) => SPELLED_OUT.test(readFileSync(join(folder, name), 'utf8')))
      .map((name) => join(folder, name)),
  )
  expect(found).toEqual([])
})

it('no account alias can stand where a page of the console does', () => {
  const pages = readdirSync('app', { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !/^[[_]/.test(entry.name))
    .map(({ name }) => name)
  expect(pages).toEqual(expect.arrayContaining(['arn', 'e', 'k', 'help', 'sign-in']))
  expect(pages.filter((name) => accountAlias().safeParse(name).success)).toEqual([])
})
