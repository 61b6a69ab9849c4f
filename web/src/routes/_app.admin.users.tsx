import { createFileRoute } from '@tanstack/react-router';
import { UsersDesk } from '../operations/people/users-desk.tsx';
import { usersSearch } from '../operations/people/users-search.ts';

export const Route = createFileRoute('/_app/admin/users')({ validateSearch: usersSearch, component: UsersDesk });
