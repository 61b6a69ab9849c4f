import { operators, operatorsLive, pageOf, pageQuery, type Route, route, signedIn } from '@clearlot/service';
import { z } from 'zod';
import type { IdentityContext, Ports } from '../ports.ts';
import { emailSchema } from './email-schema.ts';
import { exportMyData } from './export-my-data.ts';
import { listUsers } from './list-users.ts';
import { getProfile, type Profile, updateProfile } from './profile.ts';
import { register } from './register.ts';
import { contactSchema } from './sealed-account.ts';
import { setUserStatus } from './set-user-status.ts';

const fullNameSchema = z.string().trim().min(1).max(200);

const registerBody = z.object({
  email: emailSchema,
  password: z.string().max(1024),
  role: z.enum(['seller', 'buyer', 'supplier']),
  fullName: fullNameSchema,
  acceptTerms: z.literal(true, { error: 'Accept the terms to open an account: send true.' }),
});

const contactChange = z.object({
  phone: contactSchema.shape.phone.unwrap().optional(),
  addressLine: contactSchema.shape.addressLine.unwrap().optional(),
  city: contactSchema.shape.city.unwrap().optional(),
  region: contactSchema.shape.region.unwrap().optional(),
  postalCode: contactSchema.shape.postalCode.unwrap().optional(),
  country: contactSchema.shape.country.unwrap().optional(),
  company: contactSchema.shape.company.unwrap().optional(),
  taxCountry: contactSchema.shape.taxCountry.unwrap().optional(),
  fullName: fullNameSchema.optional(),
});

const profileResponse = contactSchema.extend({
  id: z.string(),
  email: z.string(),
  role: z.string(),
  fullName: z.string(),
  createdAt: z.string(),
});

const presentProfile = ({ status: _status, ...profile }: Profile) => ({
  ...profile,
  createdAt: profile.createdAt.toISOString(),
});

/** Registration, my profile, and people for operators. */
export const accountRoutes: Route<Ports>[] = [
  route({
    method: 'POST',
    path: '/api/auth/register',
    access: 'public',
    summary: 'Open an account as a seller or a buyer',
    status: 201,
    body: registerBody,
    response: z.object({ userId: z.string() }),
    action: (ctx: IdentityContext, { body: { acceptTerms: _accepted, ...input }, request }) =>
      register(ctx, { ...input, userAgent: request.headers['user-agent']?.slice(0, 300) }),
    present: (result) => result,
  }),
  route({
    method: 'GET',
    path: '/api/profile/me',
    access: signedIn,
    summary: 'My profile',
    response: profileResponse,
    action: (ctx: IdentityContext) => getProfile(ctx),
    present: presentProfile,
  }),
  route({
    method: 'PUT',
    path: '/api/profile/me',
    access: signedIn,
    summary: 'Change my profile; fields not sent stay, null clears one',
    body: contactChange,
    response: profileResponse,
    // The answer is personal data, which is stored nowhere in clear; the same body twice leaves the same profile.
    idempotent: false,
    action: (ctx: IdentityContext, { body }) => updateProfile(ctx, body),
    present: presentProfile,
  }),
  route({
    method: 'GET',
    path: '/api/profile/me/export',
    access: signedIn,
    summary: 'Everything held about me, as JSON',
    action: (ctx: IdentityContext) => exportMyData(ctx),
    present: (data) => data,
  }),
  route({
    method: 'GET',
    path: '/api/admin/users',
    access: operators,
    summary: 'People, newest first; q is an exact e-mail address',
    query: pageQuery.extend({
      role: z.enum(['seller', 'buyer', 'supplier', 'operator']).optional(),
      q: z.string().max(254).optional(),
    }),
    response: pageOf(profileResponse.extend({ status: z.string() })),
    action: (ctx: IdentityContext, { query }) => listUsers(ctx, query),
    present: (page) => ({
      ...page,
      items: page.items.map((profile) => ({ ...presentProfile(profile), status: profile.status })),
    }),
  }),
  route({
    method: 'PUT',
    path: '/api/admin/users/:id',
    access: operatorsLive,
    summary: 'Suspend a person, which ends their sessions, or reinstate them',
    params: z.object({ id: z.uuid() }),
    body: z.object({ status: z.enum(['active', 'suspended']) }),
    response: z.object({ id: z.string(), status: z.string() }),
    action: (ctx: IdentityContext, { params, body }) => setUserStatus(ctx, { userId: params.id, status: body.status }),
    present: (result) => result,
  }),
];
