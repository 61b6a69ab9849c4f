import { accountRoutes } from './accounts/routes.ts';
import { accreditationRoutes } from './accreditations/routes.ts';
import { organizationRoutes } from './organizations/routes.ts';
import { sessionRoutes } from './sessions/routes.ts';

/** Every route of identity. */
export const identityRoutes = [...accountRoutes, ...sessionRoutes, ...accreditationRoutes, ...organizationRoutes];
