import { proveRowSecurity } from '@clearlot/testkit';
import { rowSecurity } from './row-security.expected.ts';

proveRowSecurity('market-data', rowSecurity);
