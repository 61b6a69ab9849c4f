import { proveRowSecurity, toolkitExpectations } from '@clearlot/testkit';

// A service without migrations of its own: the tables all services have.
proveRowSecurity('toolkit', toolkitExpectations);
