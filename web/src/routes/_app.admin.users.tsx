import { createFileRoute } from '@tanstack/react-router';
import { UsersDesk, usersSearch } from '../operations/people/users-desk.tsx';

export const Route = createFileRoute('/_app/admin/users')({ validateSearch: usersSearch, component: UsersDesk });
