/** Answers of route handlers: JSON, never kept by anyone, refusals as values with a status. */
import { EngineRefusal, type RefusalCode, refusalIn } from './messages.ts'

const STATUS: Partial<Record<RefusalCode, number>> = {
  SessionEnded: 401,
  PasswordNeeded: 401,
  OriginRefused: 403,
  AccessDeniedException: 403,
  NotFoundException: 404,
  ThrottlingException: 429,
  EngineUnreachable: 503,
  DependencyTimeoutException: 503,
  KMSInternalException: 500,
}

const json = (body: unknown, status: number) =>
  Response.json(body, { status, headers: { 'cache-control': 'no-store' } })

/** Runs a read and answers with what it gives. A fault of ours says nothing of its cause. */
export async function answer(read: () => Promise<unknown>): Promise<Response> {
  try {
    return json((await read()) ?? {}, 200)
  } catch (thrown) {
    if (!(thrown instanceof EngineRefusal)) console.error(thrown)
    const error = refusalIn(thrown)
    return json({ error }, STATUS[error.code] ?? 400)
  }
}
