import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { authOptions } from '#lib/console/auth.ts'

type Context = { params: Promise<{ nextauth: string[] }> }

const handle = async (request: NextRequest, context: Context) =>
  NextAuth(request, context, await authOptions())

export { handle as GET, handle as POST }
