const ordered = { low_micros: 1, mid_micros: 2, high_micros: 3 };
const hidden = { display: false };

/** Who may do what to instruments, sources and what they state. */
export const observationRowSecurity = {
  instrument: {
    updates: 'sequence',
    access: {
      other: 'select',
      service: 'select',
      operator: 'select insert update',
      system: 'select insert update',
    },
  },
  // The owning role reads and settles, for whoever asks what was known.
  source: {
    sample: { code: 'sample' },
    updates: 'attribution calendar display enabled export freshness_target_ms last_recorded_at llm name',
    access: {
      other: 'select',
      service: 'select',
      operator: 'select insert update',
      system: 'select insert update',
      definer: 'select update',
    },
  },
  // Nothing that was stated is changed. The owning role finds what is known, for whoever asks.
  observation: {
    sample: ordered,
    rows: { shown: {}, hidden },
    access: {
      other: 'select(shown)',
      operator: 'select insert',
      system: 'select insert',
      definer: 'select',
    },
  },
  latest: {
    sample: ordered,
    rows: { shown: {}, hidden },
    updates:
      'display edition export high_micros kind llm low_micros mid_micros observation_id recorded_at sequence valid_at',
    access: {
      other: 'select(shown)',
      service: 'select(shown)',
      operator: 'select insert update',
      system: 'select insert update',
    },
  },
  bar: {
    sample: { low_micros: 1, high_micros: 3 },
    rows: { shown: {}, hidden },
    updates:
      'close_micros display export first_valid_at high_micros kinds last_valid_at llm low_micros observations open_micros',
    access: {
      other: 'select(shown)',
      operator: 'select insert update',
      system: 'select insert update',
    },
  },
};
