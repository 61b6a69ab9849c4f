export { createTestDatabase, type TestDatabase } from './database.ts';
export { type FakeClock, fakeClock } from './fake-clock.ts';
export { createTestNats } from './nats.ts';
export { proveRowSecurity } from './row-security/prove-row-security.ts';
export { toolkitExpectations } from './row-security/toolkit.expected.ts';
