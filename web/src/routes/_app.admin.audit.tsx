import { createFileRoute } from '@tanstack/react-router';
import { auditSearch } from '../operations/trail/audit-search.ts';
import { AuditTrail } from '../operations/trail/audit-trail.tsx';

export const Route = createFileRoute('/_app/admin/audit')({ validateSearch: auditSearch, component: AuditTrail });
