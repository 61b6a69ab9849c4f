const inside = { organization_ids: "'{' || organization_id || '}'" };
const ended = '2026-02-01T00:00:00Z';

/** Who may do what to the tables of identity, proven by row-security.int.test.ts. */
export const rowSecurity = {
  // Strangers become sellers and buyers, a system task makes operators; the suspended cannot lift their suspension.
  account: {
    rows: {
      seller: { role: 'seller' },
      operator: { role: 'operator' },
      suspended: { role: 'seller', status: 'suspended' },
      suspendedOperator: { role: 'operator', status: 'suspended' },
    },
    changes: { suspend: { status: 'suspended' }, activate: { status: 'active' } },
    claims: { companions: "'{' || id || '}'" },
    updates: 'contact full_name status updated_at',
    access: {
      anonymous: 'insert(seller)',
      id: 'select update(seller,operator) update:activate(seller,operator)',
      'other+companions': 'select',
      operator: 'select update update:suspend update:activate',
      service: 'select',
      system: 'select insert(operator)',
    },
  },
  // The password's hash shows only to who presents the e-mail, and never changes.
  credential: {
    claims: { presented: "encode(login, 'hex')" },
    access: {
      anonymous: 'insert',
      'anonymous+presented': 'select insert',
      'operator+presented': 'select',
      system: 'insert',
      'system+presented': 'select insert',
      user_id: '',
    },
  },
  consent: { access: { anonymous: 'insert', user_id: 'select', operator: 'select' } },
  login_attempt: {
    claims: { presented: "encode(login, 'hex')" },
    updates: 'failures last_failed_at locked_until',
    access: {
      'anonymous+presented': 'select insert update',
      'other+presented': 'select update',
      system: 'select delete',
    },
  },
  // A session that ended stays ended, a token that was used stays used.
  session: {
    rows: { live: { secret_hash: '\\x01' }, ended: { secret_hash: '\\x02', revoked_at: ended } },
    changes: { end: { revoked_at: ended } },
    claims: { presented: "encode(secret_hash, 'hex')" },
    updates: 'last_seen_at revoked_at revoked_because',
    access: {
      user_id: 'select insert update(live) update:end(live)',
      operator: 'select lock(live) update:end(live)',
      service: 'select',
      'service+presented': 'select update(live)',
      system: 'select',
    },
  },
  refresh_token: {
    rows: { fresh: {}, used: { used_at: ended } },
    changes: { use: { used_at: ended } },
    claims: { presented: "encode(hash, 'hex')" },
    updates: 'used_at',
    access: {
      'anonymous+presented': 'select',
      user_id: 'select insert lock(fresh) update:use(fresh)',
      system: 'select delete',
    },
  },
  accreditation: {
    rows: { submitted: {}, verified: { status: 'verified', expires_at: ended } },
    updates: 'decided_at decided_by expires_at notes status',
    access: { user_id: 'select insert(submitted)', operator: 'select update', service: 'select' },
  },
  accreditation_document: { access: { user_id: 'select insert', operator: 'select' } },
  // What is inside an organization opens to people whose membership was checked in the same transaction.
  organization: {
    claims: { organization_ids: "'{' || id || '}'" },
    updates: 'name',
    access: {
      created_by: 'insert',
      'created_by+organization_ids': 'select insert lock',
      'other+organization_ids': 'select lock',
      operator: 'select',
      'operator+organization_ids': 'select lock',
    },
  },
  membership: {
    claims: inside,
    updates: 'role',
    access: {
      user_id: 'select',
      'user_id+organization_ids': 'select insert update delete',
      'other+organization_ids': 'select insert update delete',
      operator: 'select',
      'operator+organization_ids': 'select insert update delete',
    },
  },
  invitation: {
    claims: { ...inside, presented: "encode(token_hash, 'hex')" },
    updates: 'accepted_at accepted_by expires_at',
    access: {
      'other+organization_ids': 'select insert update',
      'other+presented': 'select lock',
      operator: 'select',
      'operator+organization_ids': 'select insert update',
      'operator+presented': 'select lock',
    },
  },
  mail: {
    sample: { recipient: '\\x00' },
    rows: { invitation: { template: 'organization_invitation' }, welcome: { template: 'welcome' } },
    updates: 'attempts data due_at last_error lease_until sent_at state',
    access: {
      user_id: 'select',
      requested_by: 'insert(invitation)',
      operator: 'select',
      system: 'select insert update',
    },
  },
};
