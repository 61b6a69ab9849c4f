/** Who may do what to alerts: they are their owner's, and whoever records a figure moves them on. */
export const alertRowSecurity = {
  alert: {
    sample: { channels: '{in_app}' },
    updates:
      'band channels cooldown_ms direction enabled last_fired_at limit_value name other_sequence phase revision sequence updated_at webhook_url window_ms',
    access: { owner_id: 'select insert update delete', operator: 'select update', system: 'select update' },
  },
  alert_firing: {
    updates: 'read_at',
    access: { owner_id: 'select update', operator: 'select insert', system: 'select insert' },
  },
  webhook_delivery: {
    updates: 'attempts delivered_at due_at last_error lease_until state',
    access: { owner_id: 'select', operator: 'insert', system: 'select insert update' },
  },
};
