import { type Route, route, signedIn } from '@clearlot/service';
import { z } from 'zod';
import { emailSchema } from '../accounts/email-schema.ts';
import type { IdentityContext, Ports } from '../ports.ts';
import { acceptInvitation } from './accept-invitation.ts';
import { createOrganization, listMyOrganizations } from './create-organization.ts';
import { inviteMember } from './invite-member.ts';
import { changeRole, listOrganizationMembers, removeMember } from './manage-members.ts';

const byId = z.object({ id: z.uuid() });
const byMember = z.object({ id: z.uuid(), userId: z.uuid() });
const roleSchema = z.enum(['owner', 'admin', 'member']);

/** Organizations, who belongs to them and in which role. Nobody outside learns that one exists. */
export const organizationRoutes: Route<Ports>[] = [
  route({
    method: 'POST',
    path: '/api/organizations',
    access: signedIn,
    summary: 'Found an organization that I own',
    status: 201,
    body: z.object({ name: z.string().trim().min(1).max(200) }),
    response: z.object({ organizationId: z.string(), name: z.string(), role: z.string() }),
    action: (ctx: IdentityContext, { body }) => createOrganization(ctx, body),
    present: (result) => result,
  }),
  route({
    method: 'GET',
    path: '/api/organizations/my',
    access: signedIn,
    summary: 'The organizations I belong to',
    response: z.array(
      z.object({ organizationId: z.string(), name: z.string(), role: z.string(), createdAt: z.string() }),
    ),
    action: (ctx: IdentityContext) => listMyOrganizations(ctx),
    present: (items) =>
      items.map(({ organization: { id, name, createdAt }, role }) => ({
        organizationId: id,
        name,
        role,
        createdAt: createdAt.toISOString(),
      })),
  }),
  route({
    method: 'POST',
    path: '/api/organizations/:id/invitations',
    access: signedIn,
    summary: 'Invite an e-mail address; the link works once, for a week',
    status: 201,
    params: byId,
    body: z.object({ email: emailSchema, role: roleSchema }),
    response: z.object({ invitationId: z.string(), role: z.string(), expiresAt: z.string() }),
    action: (ctx: IdentityContext, { params, body }) => inviteMember(ctx, { organizationId: params.id, ...body }),
    present: (result) => ({ ...result, expiresAt: result.expiresAt.toISOString() }),
  }),
  route({
    method: 'POST',
    path: '/api/organizations/invitations/accept',
    access: signedIn,
    summary: 'Join the organization that invited my e-mail address',
    body: z.object({ token: z.string().min(1).max(200) }),
    response: z.object({ organizationId: z.string(), role: z.string() }),
    action: (ctx: IdentityContext, { body }) => acceptInvitation(ctx, body.token),
    present: (result) => result,
  }),
  route({
    method: 'GET',
    path: '/api/organizations/:id/members',
    access: signedIn,
    summary: 'Members of an organization I belong to',
    params: byId,
    response: z.array(
      z.object({
        userId: z.string(),
        fullName: z.string(),
        email: z.string(),
        role: z.string(),
        joinedAt: z.string(),
      }),
    ),
    action: (ctx: IdentityContext, { params }) => listOrganizationMembers(ctx, params.id),
    present: (members) => members.map((member) => ({ ...member, joinedAt: member.joinedAt.toISOString() })),
  }),
  route({
    method: 'PUT',
    path: '/api/organizations/:id/members/:userId',
    access: signedIn,
    summary: 'Give a member another role',
    params: byMember,
    body: z.object({ role: roleSchema }),
    response: z.object({ userId: z.string(), role: z.string() }),
    action: (ctx: IdentityContext, { params, body }) =>
      changeRole(ctx, { organizationId: params.id, userId: params.userId, role: body.role }),
    present: (result) => result,
  }),
  route({
    method: 'DELETE',
    path: '/api/organizations/:id/members/:userId',
    access: signedIn,
    summary: 'Remove a member, or leave',
    status: 204,
    params: byMember,
    action: (ctx: IdentityContext, { params }) =>
      removeMember(ctx, { organizationId: params.id, userId: params.userId }),
    present: () => undefined,
  }),
];
