import { registry } from '@clearlot/service';
import { Counter, Gauge, Histogram } from 'prom-client';

export const openSockets = new Gauge({ name: 'live_sockets', help: 'Live sockets open', registers: [registry] });

export const droppedSockets = new Counter({
  name: 'live_sockets_dropped_total',
  help: 'Live sockets closed by us, by reason: tooSlow, tooMany, restarting, silent',
  labelNames: ['reason'],
  registers: [registry],
});

export const fanOutDelay = new Histogram({
  name: 'live_fan_out_seconds',
  help: 'From an update heard at this gateway to its frame written to every socket',
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1],
  registers: [registry],
});
