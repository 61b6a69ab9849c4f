import { createFileRoute } from '@tanstack/react-router';
import { MyCompanyPage } from '../suppliers/my-company.tsx';

export const Route = createFileRoute('/_app/supplier/')({ component: MyCompanyPage });
