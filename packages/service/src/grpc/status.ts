import { BinaryReader, BinaryWriter } from '@bufbuild/protobuf/wire';
import { DomainError, type ErrorKind, isDomainError } from '@clearlot/kernel';
import { Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { serviceErrors } from '../errors.ts';

/** One row per kind of failure: what the gRPC door answers. */
const CODES: Record<ErrorKind, status> = {
  invalid: status.INVALID_ARGUMENT,
  unauthenticated: status.UNAUTHENTICATED,
  forbidden: status.PERMISSION_DENIED,
  missing: status.NOT_FOUND,
  conflict: status.FAILED_PRECONDITION,
  precondition: status.ABORTED,
  mismatch: status.ALREADY_EXISTS,
  too_large: status.OUT_OF_RANGE,
  too_many: status.RESOURCE_EXHAUSTED,
  unavailable: status.UNAVAILABLE,
};

const DETAILS = 'grpc-status-details-bin';
const DOMAIN = 'clearlot.example';

/** A failure as a gRPC status with google.rpc.ErrorInfo (AIP-193): `reason` is our code. */
export function toGrpcStatus(error: unknown): Partial<ServiceError> {
  const known = isDomainError(error) ? error : serviceErrors.error('INTERNAL');
  const code = isDomainError(error) ? CODES[known.kind] : status.INTERNAL;
  const metadata = new Metadata();
  metadata.set(DETAILS, encodeStatus(code, known));
  return { code, details: known.detail, metadata };
}

/** What another service answered, as the same typed error it threw. */
export function fromGrpcStatus(error: ServiceError): DomainError {
  const details = error.metadata?.get(DETAILS)[0];
  if (details instanceof Buffer) {
    const info = decodeStatus(details);
    const kind = (Object.keys(CODES) as ErrorKind[]).find((each) => CODES[each] === error.code);
    if (info && kind) return new DomainError({ ...info, kind, detail: error.details });
  }
  return serviceErrors.error('UNAVAILABLE', `${error.details || 'A service did not answer.'}`);
}

function encodeStatus(code: number, error: DomainError): Buffer {
  const info = new BinaryWriter().uint32(10).string(error.code).uint32(18).string(DOMAIN);
  for (const [name, value] of Object.entries({ ...error.params, title: error.title })) {
    info.uint32(26).fork().uint32(10).string(name).uint32(18).string(value).join();
  }
  const any = new BinaryWriter().uint32(10).string('type.googleapis.com/google.rpc.ErrorInfo');
  any.uint32(18).bytes(info.finish());
  const whole = new BinaryWriter().uint32(8).int32(code).uint32(18).string(error.detail).uint32(26).bytes(any.finish());
  return Buffer.from(whole.finish());
}

function decodeStatus(bytes: Uint8Array): Pick<DomainError, 'code' | 'title' | 'params'> | undefined {
  const any = fields(bytes, 3).at(-1);
  const info = any && fields(any, 2).at(-1);
  const reason = info && fields(info, 1).at(-1);
  if (!reason) return undefined;
  const text = (part: Uint8Array | undefined) => new TextDecoder().decode(part);
  const entries = fields(info, 3).map((each) => [text(fields(each, 1).at(-1)), text(fields(each, 2).at(-1))] as const);
  const { title = '', ...params } = Object.fromEntries(entries) as Record<string, string>;
  return { code: text(reason), title, ...(Object.keys(params).length > 0 ? { params } : {}) };
}

/** The length-delimited fields with this number. */
function fields(bytes: Uint8Array, number: number): Uint8Array[] {
  const reader = new BinaryReader(bytes);
  const found: Uint8Array[] = [];
  while (reader.pos < reader.len) {
    const [fieldNumber, wireType] = reader.tag();
    if (fieldNumber === number && wireType === 2) found.push(reader.bytes());
    else reader.skip(wireType);
  }
  return found;
}
