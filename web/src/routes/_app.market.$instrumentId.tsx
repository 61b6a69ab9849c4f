import { createFileRoute } from '@tanstack/react-router';
import { InstrumentPage } from '../market/instrument-page.tsx';

export const Route = createFileRoute('/_app/market/$instrumentId')({ component: InstrumentPage });
