import { createFileRoute } from '@tanstack/react-router';
import { AuditTrail, auditSearch } from '../operations/trail/audit-trail.tsx';

export const Route = createFileRoute('/_app/admin/audit')({ validateSearch: auditSearch, component: AuditTrail });
